package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.ServerProblems;
import com.ecommerce.orders.http.UrlEncoding;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** A valve that writes a problem document for a request that Tomcat refuses before the API sees the request. */
public final class ProblemErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            write(problem(request, response.getStatus()), response);
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("The client is gone", gone);
        }
    }

    private static ApiResponse problem(Request request, int status) {
        String uri = request.getRequestURI();
        String path = uri == null ? "/" : UrlEncoding.decodePath(uri);
        // Every platform responds with 404 to a path with unusual encoding.
        boolean odd = uri != null && status == HttpServletResponse.SC_BAD_REQUEST && !UrlEncoding.isPlain(path);
        return ServerProblems.response(
                odd ? HttpServletResponse.SC_NOT_FOUND : status, path, request.getHeader("X-Request-Id"));
    }

    private static void write(ApiResponse problem, Response response) throws IOException {
        response.setStatus(problem.status());
        problem.headers().forEach(response::setHeader);
        response.setContentLength(problem.body().length);
        response.getOutputStream().write(problem.body());
        response.finishResponse();
    }
}
