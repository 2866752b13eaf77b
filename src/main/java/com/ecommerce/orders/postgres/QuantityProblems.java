package com.ecommerce.orders.postgres;

import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.Violation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The problems that all ledgers of goods have in common. */
final class QuantityProblems {

    private QuantityProblems() {}

    /** Returns the problem that {@code row} describes. */
    static Problem read(String outcome, ResultSet row) throws SQLException {
        return switch (outcome) {
            case "UNKNOWN_LINE" -> unknownLines(StrictJson.readTrusted(row.getString("r_lines")));
            case "QUANTITY_EXCEEDED" -> exceededLines(StrictJson.readTrusted(row.getString("r_lines")));
            case "CONFLICT" -> new RequestProblem.Conflict();
            default -> throw new IllegalStateException("The database returned the unknown outcome " + outcome);
        };
    }

    /** @param positions the positions of the items in the request, from 0 */
    private static Problem unknownLines(JsonNode positions) {
        List<Violation> violations = new ArrayList<>();
        for (JsonNode position : positions) {
            violations.add(new Violation(
                    "/items/" + position.intValue() + "/lineNumber",
                    Violation.Code.OUT_OF_RANGE,
                    "There is no such line. Send the lineNumber of a line that the order, or the return, has."));
        }
        return new RequestProblem.InvalidRequest(violations);
    }

    private static Problem exceededLines(JsonNode lines) {
        List<LedgerProblem.QuantityExceeded.Line> exceeded = new ArrayList<>();
        for (JsonNode line : lines) {
            exceeded.add(new LedgerProblem.QuantityExceeded.Line(
                    line.get("lineNumber").intValue(),
                    line.get("requested").intValue(),
                    line.get("available").intValue()));
        }
        return new LedgerProblem.QuantityExceeded(exceeded);
    }
}
