package samples;

import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Stores an order with the product's own SQL function. */
@Repository
public class OrderRepository {

    private static final String CREATE =
            "SELECT r_outcome FROM create_order_1(?, ?, ?::json, ?, ?, ?, ?::json, ?::json, ?, ?, ?, ?)";

    /** The names of the request's members. */
    private static final String CHANGED =
            "[\"currency\",\"customer\",\"items\",\"shipping\",\"shippingAddress\",\"note\"]";

    private final JdbcTemplate jdbc;

    public OrderRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void store(UUID id, String order, String request) {
        String outcome = jdbc.queryForObject(
                CREATE,
                String.class,
                "benchmark",
                id,
                order,
                newId(),
                "alice",
                "alice@example.org",
                request,
                CHANGED,
                null,
                null,
                false,
                false);
        if (!"STORED".equals(outcome)) {
            throw new IllegalStateException(outcome);
        }
    }

    /** Creates an id of version 7, like the product's ids. */
    static UUID newId() {
        UUID random = UUID.randomUUID();
        return new UUID(
                System.currentTimeMillis() << 16 | 0x7000 | random.getMostSignificantBits() & 0xFFF,
                random.getLeastSignificantBits());
    }
}
