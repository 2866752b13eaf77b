package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ServerProblems;
import com.ecommerce.orders.http.UrlEncoding;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Writes what the server itself refuses, before our code sees the request, as problem documents. */
public final class ProblemErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String path = request.getRequestURI() == null ? "/" : UrlEncoding.decodePath(request.getRequestURI());
        if (response.getStatus() == HttpServletResponse.SC_BAD_REQUEST && !UrlEncoding.isPlain(path)) {
            // On every platform, a path with tricks in it leads nowhere.
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
        byte[] body = ServerProblems.document(response.getStatus(), path).getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType("application/problem+json");
            response.setHeader("Cache-Control", "private, no-cache");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("The client is gone", gone);
        }
    }
}
