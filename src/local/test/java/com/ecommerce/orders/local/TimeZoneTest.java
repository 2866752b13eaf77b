package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.ApiProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a host whose time zone has a name that PostgreSQL does not know. */
class TimeZoneTest {

    private static final String ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":100}]}";

    @TempDir
    Path directory;

    @Test
    void startsAndStoresIfOnlyJavaKnowsTheTimeZone() throws Exception {
        try (ApiProcess api = ApiProcess.startIn(directory, Map.of("JAVA_TOOL_OPTIONS", "-Duser.timezone=IST"))) {
            assertThat(api.send("POST", "/orders", api.token(), "", "", ORDER).statusCode())
                    .isEqualTo(201);
        }
    }
}
