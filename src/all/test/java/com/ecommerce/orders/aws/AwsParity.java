package com.ecommerce.orders.aws;

import com.ecommerce.orders.aws.testkit.LambdaProcess;
import com.ecommerce.orders.aws.testkit.RuntimeApi;
import com.ecommerce.orders.parity.RunningApi;
import java.nio.file.Path;
import java.util.Map;

/** The AWS artifact: the ZIP in Amazon's runtime client, behind the kind of API that the template creates. */
public final class AwsParity {

    private AwsParity() {}

    /** Unpacks the ZIP to {@code directory} and starts it with these settings. */
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
