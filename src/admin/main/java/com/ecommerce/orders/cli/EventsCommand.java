package com.ecommerce.orders.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands about the event log of a tenant. */
@Command(name = "events", subcommands = HelpCommand.class, description = "Reads the event log of a tenant.")
final class EventsCommand {

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Pause pause;

    EventsCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, Pause pause) {
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.pause = pause;
    }

    @Command(
            name = "follow",
            description = {
                "Prints the events of a tenant, one JSON object in a line, and waits for new ones until it is stopped.",
                "After each page of events, the command prints \"Continue with --after CURSOR\" to standard error."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:the end of the log was reached, with --until-end",
                "1:failed; the message says why",
                "2:wrong arguments, or a setting is missing or wrong",
                "3:the cursor has expired: read the orders that matter, and start again without --after"
            },
            footerHeading = "%nEnvironment:%n",
            footer =
                    "  API_TOKEN  access token with the scope orders:read; otherwise a development token of a local API")
    int follow(
            @Mixin ApiAddress address,
            @Option(
                            names = "--after",
                            paramLabel = "CURSOR",
                            defaultValue = "",
                            description =
                                    "Start after this cursor; latest: after the last event (default: the first event).")
                    String after,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            split = ",",
                            description = "Only events of this type; can be repeated.")
                    @Nullable
                    List<String> types,
            @Option(names = "--changes", description = "Print what each event has changed. This may be personal data.")
                    boolean changes,
            @Option(names = "--until-end", description = "Stop at the end of the log.") boolean untilEnd) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("limit", "200");
        parameters.put("type", types == null ? "" : String.join(",", types));
        parameters.put("include", changes ? "changes" : "");
        ApiClient api = ApiClient.of(address);
        EventFollower follower = new EventFollower(api, AccessToken.of(api, environment), parameters, out, err, pause);
        return follower.follow(after, untilEnd);
    }
}
