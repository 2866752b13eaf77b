package com.ecommerce.orders.cli;

import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that makes the sample orders, as the button of the console does. */
@Command(
        name = "sample",
        description =
                "Makes sample orders in every state, with payments, fulfillments and returns, in a running local API.")
final class SampleCommand implements Callable<Integer> {

    private final PrintWriter out;

    @Mixin
    private final ApiAddress address = new ApiAddress();

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Tenant of the orders (default: acme).")
    private String tenant = "";

    SampleCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        ApiClient api = ApiClient.of(address);
        String token = api.developmentToken(Map.of("tenant", tenant));
        HttpResponse<String> made = api.sendOnce(api.request("/dev/samples", Map.of())
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody()));
        int count = ApiClient.json(made).path("ids").size();
        out.println("Made " + count + " sample orders. The console shows them: " + address.url() + "/");
        return 0;
    }
}
