package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.operation.Violation;
import java.util.ArrayList;
import java.util.List;

/** A collector of the wrong parameters and headers of one request. One response lists them all. */
final class ViolationCollector {

    private final List<Violation> found = new ArrayList<>();

    void add(String pointer, Violation.Code code, String detail) {
        if (found.size() < Violation.MAX_LISTED) {
            found.add(new Violation(pointer, code, detail));
        }
    }

    /** @throws HttpProblemException if the collector has a violation */
    void check() {
        if (!found.isEmpty()) {
            throw new HttpProblemException(ProblemDocument.invalid(ProblemCode.INVALID_PARAMETER, found));
        }
    }

    /** Returns the problem of one wrong parameter ({@code ?name}) or header. */
    static HttpProblemException parameter(String pointer, String detail) {
        Violation violation = new Violation(pointer, Violation.Code.BAD_FORMAT, detail);
        return new HttpProblemException(ProblemDocument.invalid(ProblemCode.INVALID_PARAMETER, List.of(violation)));
    }
}
