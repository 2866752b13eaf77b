package com.ecommerce.orders.aws;

import com.ecommerce.orders.parity.RunningApi;
import java.nio.file.Path;
import java.util.Map;

/** Starts the ZIP behind Amazon's runtime client, and before it the API that the template has. */
public final class AwsParity {

    private AwsParity() {}

    /** The ZIP, unpacked to {@code directory}, with these settings. */
    public static RunningApi start(Path directory, Map<String, String> settings) throws Exception {
        Artifact.unzip(directory);
        RuntimeApi api = new RuntimeApi();
        LambdaProcess process = LambdaProcess.start(directory, api, settings).awaitStart(api);
        Gateway gateway = new Gateway(api, ApiKind.HTTP_API_2_0, false, null);
        return new RunningApi(gateway.uri(), () -> {
            gateway.close();
            process.close();
            api.close();
        });
    }
}
