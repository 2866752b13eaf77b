import com.ecommerce.orders.postgres.PostgresConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;

/**
 * The floor's handler inside the API's libraries, configured as in the API: Spring Cloud Function's adapter, then also
 * the connection pool, then also the log line with its context. No code of the API can save the cost of these
 * libraries.
 */
public class FloorSteps implements ApplicationContextInitializer<GenericApplicationContext> {

    /** The setting with the number of steps, 1 to 3. */
    static final String STEPS = "FLOOR_STEPS";

    private static final String FUNCTION = "apiGateway";

    @Override
    public void initialize(GenericApplicationContext context) {
        int steps = Integer.parseInt(System.getenv(STEPS));
        context.register(new PostgresConfiguration());
        context.registerBean(JsonMapper.class, PassThroughJsonMapper::new);
        context.registerBean(FunctionCatalog.class, () -> catalog(context, steps));
    }

    private static FunctionCatalog catalog(GenericApplicationContext context, int steps) {
        FloorHandler floor = steps < 2 ? new FloorHandler() : new Pooled(context.getBean(DataSource.class));
        Function<InputStream, Message<byte[]>> function = new Floor(floor, steps > 2);
        SimpleFunctionRegistry catalog = new SimpleFunctionRegistry(
                ApplicationConversionService.getSharedInstance(),
                new CompositeMessageConverter(List.of(new ByteArrayMessageConverter())),
                context.getBean(JsonMapper.class));
        Type type = ResolvableType.forClassWithGenerics(Function.class, InputStream.class, Message.class)
                .getType();
        catalog.register(new FunctionRegistration<>(function, FUNCTION).type(type));
        FunctionInvocationWrapper wrapper = catalog.lookup(FUNCTION, "application/json");
        wrapper.setSkipInputConversion(true);
        wrapper.setSkipOutputConversion(true);
        return catalog;
    }

    private record Floor(FloorHandler handler, boolean logs) implements Function<InputStream, Message<byte[]>> {

        private static final Logger LOG = LoggerFactory.getLogger("com.ecommerce.orders.requests");
        private static final Map<String, String> CONTEXT = Map.of(
                "requestId", "sample-request-1",
                "route", "/orders",
                "tenant", "benchmark",
                "orderId", "01a2159c-cd8f-760c-8367-afe7fb0b6041",
                "amount", "6181",
                "method", "POST",
                "status", "201");

        @Override
        public Message<byte[]> apply(InputStream event) {
            long start = System.nanoTime();
            ByteArrayOutputStream answer = new ByteArrayOutputStream(2048);
            handler.handleRequest(event, answer, null);
            if (logs) {
                log((System.nanoTime() - start) / 1_000);
            }
            return new Answer(answer.toByteArray());
        }

        private static void log(long micros) {
            CONTEXT.forEach(MDC::put);
            MDC.put("durationMicros", Long.toString(micros));
            LOG.info("POST /orders 201 in " + micros + " us");
            MDC.clear();
        }
    }

    private static final class Pooled extends FloorHandler {

        private final DataSource pool;

        Pooled(DataSource pool) {
            this.pool = pool;
        }

        @Override
        void execute(Object... arguments) throws SQLException {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(CREATE)) {
                execute(statement, arguments);
            }
        }
    }

    private record Answer(byte[] getPayload) implements Message<byte[]> {

        private static final MessageHeaders NONE = new MessageHeaders(null);

        @Override
        public MessageHeaders getHeaders() {
            return NONE;
        }
    }

    private static final class PassThroughJsonMapper extends JsonMapper {

        @Override
        protected <T> T doFromJson(Object json, Type type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] toJson(Object value) {
            return (byte[]) Objects.requireNonNull(value);
        }

        @Override
        public String toString(Object value) {
            throw new UnsupportedOperationException();
        }
    }
}
