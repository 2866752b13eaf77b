package com.ecommerce.orders.observability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards and alarms of the three clouds, and the queries of docs/service-levels.md, name fields that the log has. */
class DashboardsTest {

    private static final Path AWS = Path.of("aws/dashboard.yaml");
    private static final Path AZURE = Path.of("azure/dashboard.json");
    private static final Path GCP = Path.of("gcp/dashboard");
    private static final Path SERVICE_LEVELS = Path.of("docs/service-levels.md");

    /** The words of CloudWatch Logs Insights that our queries use. */
    private static final Set<String> WORDS = Set.of(
            "source",
            "filter",
            "stats",
            "sort",
            "fields",
            "limit",
            "as",
            "by",
            "and",
            "or",
            "desc",
            "ispresent",
            "count",
            "pct",
            "sum",
            "min",
            "max",
            "avg",
            "bin",
            "in",
            "not",
            "like");

    @Test
    void theQueriesOfAwsNameFieldsOfTheLog() throws IOException {
        List<String> queries = new ArrayList<>();
        for (JsonNode widget : awsDashboard().path("widgets")) {
            if (widget.path("type").asString().equals("log")) {
                queries.add(widget.at("/properties/query").asString());
            }
        }
        queries.addAll(blocks("aws"));

        assertThat(queries).hasSizeGreaterThan(5).allSatisfy(query -> assertThat(fieldsOfInsights(query))
                .isSubsetOf(fieldsOfTheLog()));
    }

    @Test
    void theMetricOfTheLogOnAwsIsTheTemplates() throws IOException {
        assertThat(Files.readString(Path.of("aws/template.yaml")))
                .contains("MetricNamespace: !Ref AWS::StackName, MetricName: ServerErrors");
        assertThat(awsDashboard().toString()).contains("[\"${StackName}\",\"ServerErrors\"]");
    }

    @Test
    void theQueriesOnAzureNameFieldsOfTheLog() throws IOException {
        String workbook = Files.readString(AZURE);
        String queries = workbook + String.join("\n", blocks("azure"));

        assertThat(JsonMapper.shared()
                        .readTree(workbook)
                        .at("/variables/workbook/items")
                        .size())
                .isGreaterThan(5);
        assertThat(matches("\\bline\\.(\\w+)", queries))
                .contains("status", "durationMicros")
                .isSubsetOf(fieldsOfTheLog());
    }

    @Test
    void theFiltersOnGoogleCloudNameFieldsOfTheLog() throws IOException {
        StringBuilder all = new StringBuilder(String.join("\n", blocks("gcp")));
        for (Path file : gcpFiles()) {
            all.append(Files.readString(file));
        }

        assertThat(matches("jsonPayload\\.(\\w+)", all.toString()))
                .contains("status", "durationMicros")
                .isSubsetOf(fieldsOfTheLog());
    }

    /** A label that no extractor fills stays empty, and an extractor without a label is rejected. */
    @Test
    void theMetricOfGoogleCloudHasALabelForEachExtractor() throws IOException {
        JsonNode metric = JsonMapper.shared().readTree(Files.readString(GCP.resolve("orders-requests.json")));
        List<String> labels = new ArrayList<>();
        metric.at("/metricDescriptor/labels")
                .forEach(label -> labels.add(label.path("key").asString()));

        assertThat(metric.path("labelExtractors").propertyNames()).containsExactlyInAnyOrderElementsOf(labels);
        assertThat(Files.readString(GCP.resolve("dashboard.json")))
                .contains("logging.googleapis.com/user/" + metric.path("name").asString())
                .contains("metric.labels.route");
    }

    static List<Path> gcpFiles() {
        try (Stream<Path> files = Files.list(GCP)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("gcpFiles")
    void everyFileOfGoogleCloudIsJsonWithAName(Path file) throws IOException {
        JsonNode json = JsonMapper.shared().readTree(Files.readString(file));

        assertThat(json.has("displayName") || json.has("name")).isTrue();
    }

    private static JsonNode awsDashboard() throws IOException {
        Object template = new Yaml().load(Files.readString(AWS));
        JsonNode body =
                JsonMapper.shared().valueToTree(template).at("/Resources/Dashboard/Properties/DashboardBody/Fn::Sub");
        return JsonMapper.shared().readTree(body.asString());
    }

    /** Returns the blocks of the page below the heading of a cloud. */
    private static List<String> blocks(String cloud) throws IOException {
        Pattern block = Pattern.compile("<!-- " + cloud + " -->\\s+```text\\n(.*?)```", Pattern.DOTALL);
        return block.matcher(Files.readString(SERVICE_LEVELS))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Set<String> fieldsOfInsights(String query) {
        String bare = query.replaceAll("'[^']*'", " ");
        Set<String> fields = matches("(?<![@\\w])([A-Za-z]\\w*)", bare);
        fields.removeAll(matches("\\bas (\\w+)", bare));
        fields.removeIf(word -> WORDS.contains(word.toLowerCase(Locale.ROOT)));
        return fields;
    }

    private static Set<String> matches(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern).matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    /** Returns the members of a line about a request with a trace, a tenant and an order. */
    private static Set<String> fieldsOfTheLog() {
        Logger requests = (Logger) LoggerFactory.getLogger("com.ecommerce.orders.requests");
        Level before = requests.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        requests.setLevel(Level.INFO);
        requests.addAppender(lines);
        try (RequestLog log = RequestLog.start("r-1", "4bf92f3577b34da6a3ce929d0e0e4736")) {
            RequestLog.note(RequestLog.ROUTE, "/orders");
            RequestLog.note(RequestLog.TENANT, "acme");
            RequestLog.note(RequestLog.ORDER, "1");
            RequestLog.note(RequestLog.AMOUNT, 1);
            log.answered("POST", 201);
            JsonNode line = JsonMapper.shared().readTree(new JsonLogEncoder().encode(lines.list.get(0)));
            return new TreeSet<>(line.propertyNames());
        } finally {
            requests.detachAppender(lines);
            requests.setLevel(before);
        }
    }
}
