import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.Driver;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The least that one order costs in Java, on any platform. Streams read and write the order, the code computes the price,
 * and the product's own SQL stores the order over one connection. There is no framework, pool, token, validation or other
 * route.
 */
abstract class Floor {

    static final String CREATE = "SELECT r_outcome, r_order_id, r_version, r_answer"
            + " FROM create_order_1(?, ?, ?::json, ?, ?, ?, ?::json, ?::json, ?, ?, ?, ?)";
    private static final String TENANT = "benchmark";
    private static final String USER = "alice";
    private static final String EMAIL = "alice@example.org";

    /** The names of the request's members. */
    private static final String CHANGED =
            "[\"currency\",\"customer\",\"items\",\"shipping\",\"shippingAddress\",\"note\"]";

    final JsonFactory factory = new JsonFactory();
    private PreparedStatement create;

    /** Stores the order of a request and returns it as it is sent. */
    final String create(UUID id, String request) {
        try {
            String order = price(request, id);
            store(id, order, request);
            return order;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the order as it is stored and sent. */
    private String price(String request, UUID id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonParser in = factory.createParser(ObjectReadContext.empty(), request);
                JsonGenerator out = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            Instant now = Instant.now();
            out.writeStartObject();
            out.writeStringProperty("id", id.toString());
            out.writeStringProperty("status", "PLACED");
            out.writeNumberProperty("version", 1);
            new Pricing(in, out).copy();
            out.writeStringProperty("createdBy", USER);
            out.writeStringProperty("createdByEmail", EMAIL);
            out.writeStringProperty("createdAt", now.toString());
            out.writeStringProperty("updatedAt", now.toString());
            out.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void store(UUID id, String order, String request) throws SQLException {
        execute(TENANT, id, order, newId(), USER, EMAIL, request, CHANGED, null, null, false, false);
    }

    /** Sends the statement over the only connection. */
    void execute(Object... arguments) throws SQLException {
        if (create == null) {
            create = connect();
        }
        execute(create, arguments);
    }

    static void execute(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            if (!"STORED".equals(rows.getString(1))) {
                throw new IllegalStateException(rows.getString(1));
            }
        }
    }

    private static PreparedStatement connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", System.getenv("DB_USER"));
        // Without a password, DB_URL names the plug-in that logs in.
        if (System.getenv("DB_PASSWORD") != null) {
            login.setProperty("password", System.getenv("DB_PASSWORD"));
        }
        return new Driver().connect(System.getenv("DB_URL"), login).prepareStatement(CREATE);
    }

    /**
     * Creates an id of version 7, like the product's ids. Ids that sort by time cost the indexes less than other ids.
     */
    static UUID newId() {
        UUID random = UUID.randomUUID();
        return new UUID(
                System.currentTimeMillis() << 16 | 0x7000 | random.getMostSignificantBits() & 0xFFF,
                random.getLeastSignificantBits());
    }

    /** Copies the client's input and adds the computed amounts. */
    private static final class Pricing {

        private final JsonParser in;
        private final JsonGenerator out;
        private long subtotal;
        private long shipping;
        private long tax;

        Pricing(JsonParser in, JsonGenerator out) {
            this.in = in;
            this.out = out;
        }

        void copy() {
            in.nextToken();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                out.writeName(name);
                switch (name) {
                    case "items" -> copyItems();
                    case "shipping" -> copyShipping();
                    default -> out.copyCurrentStructure(in);
                }
            }
            writeTotals();
        }

        private void copyItems() {
            out.writeStartArray();
            for (int line = 1; in.nextToken() == JsonToken.START_OBJECT; line++) {
                out.writeStartObject();
                out.writeNumberProperty("lineNumber", line);
                copyItem();
                out.writeEndObject();
            }
            out.writeEndArray();
        }

        private void copyItem() {
            long quantity = 0;
            long unitPrice = 0;
            BigDecimal taxRate = BigDecimal.ZERO;
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                out.writeName(name);
                out.copyCurrentEvent(in);
                switch (name) {
                    case "quantity" -> quantity = in.getLongValue();
                    case "unitPrice" -> unitPrice = in.getLongValue();
                    case "taxRate" -> taxRate = new BigDecimal(in.getString());
                    default -> {
                        // copied
                    }
                }
            }
            writeAmounts(quantity * unitPrice, taxRate);
        }

        private void writeAmounts(long amount, BigDecimal taxRate) {
            long itemTax = taxRate.multiply(BigDecimal.valueOf(amount))
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValueExact();
            out.writeNumberProperty("subtotal", amount);
            out.writeNumberProperty("discount", 0);
            out.writeNumberProperty("tax", itemTax);
            out.writeNumberProperty("total", amount + itemTax);
            subtotal += amount;
            tax += itemTax;
        }

        private void copyShipping() {
            out.writeStartObject();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                out.writeName(name);
                out.copyCurrentEvent(in);
                shipping = in.getLongValue();
            }
            out.writeStringProperty("taxRate", "0");
            out.writeEndObject();
        }

        private void writeTotals() {
            out.writeObjectPropertyStart("totals");
            out.writeNumberProperty("subtotal", subtotal);
            out.writeNumberProperty("discount", 0);
            out.writeNumberProperty("shipping", shipping);
            out.writeNumberProperty("tax", tax);
            out.writeNumberProperty("grandTotal", subtotal + shipping + tax);
            out.writeEndObject();
        }
    }
}
