package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The endpoint of the pages about problem codes. The {@code type} of a problem names a page (RFC 9457, section 3.1.1). */
final class ProblemPageEndpoint implements Endpoint.Open {

    /** The path variable that holds the code, as in problem documents or in kebab case. */
    static final String CODE = "code";

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%1$s</title>
            <h1>%1$s</h1>
            <p>%2$s.</p>
            <p>%3$s</p>
            <p>HTTP status %4$d. %5$s</p>
            </html>
            """;

    @Override
    public ApiResponse handle(ApiRequest request, Map<String, String> pathVariables) {
        Parameters.refuseAll(request.query());
        ProblemCode code = ProblemCode.parse(pathVariables.getOrDefault(CODE, ""))
                .orElseThrow(
                        () -> new HttpProblemException(
                                ProblemCode.NOT_FOUND,
                                "There is no problem code with this name. The schema ProblemCode in /openapi.json lists all codes."));
        return ApiResponse.of(200, "text/html;charset=utf-8", page(code).getBytes(StandardCharsets.UTF_8))
                .with("Content-Security-Policy", "default-src 'none'");
    }

    /** Returns the page. The texts of {@link ProblemCode} are constants without characters that HTML must escape. */
    private static String page(ProblemCode code) {
        return PAGE.formatted(
                code.name(),
                code.title(),
                code.advice().replaceAll("`([^`]*)`", "<code>$1</code>"),
                code.status(),
                code.isRetryable()
                        ? "The same request may succeed if it is sent again later."
                        : "The same request fails again if it is sent unchanged.");
    }
}
