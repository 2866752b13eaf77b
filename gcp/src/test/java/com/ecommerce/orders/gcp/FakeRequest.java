package com.ecommerce.orders.gcp;

import com.google.cloud.functions.HttpRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request as the invoker passes it to a function. */
final class FakeRequest implements HttpRequest {

    private final String method;
    private final String uri;
    private final byte[] body;
    private final long contentLength;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    FakeRequest(String method, String uri, byte[] body) {
        this(method, uri, body, body.length);
    }

    FakeRequest(String method, String uri, byte[] body, long contentLength) {
        this.method = method;
        this.uri = uri;
        this.body = body;
        this.contentLength = contentLength;
    }

    static FakeRequest get(String pathAndQuery) {
        return new FakeRequest("GET", "http://orders.example.org" + pathAndQuery, new byte[0]);
    }

    FakeRequest with(String header, String value) {
        headers.computeIfAbsent(header, name -> new ArrayList<>()).add(value);
        return this;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getUri() {
        return uri;
    }

    @Override
    public String getPath() {
        throw new UnsupportedOperationException("Not raw on version 2");
    }

    @Override
    public Optional<String> getQuery() {
        int start = uri.indexOf('?');
        return start < 0 ? Optional.empty() : Optional.of(uri.substring(start + 1));
    }

    @Override
    public Map<String, List<String>> getQueryParameters() {
        throw new UnsupportedOperationException("Empties the body of a form on version 1");
    }

    @Override
    public Map<String, HttpPart> getParts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return headers;
    }

    @Override
    public Optional<String> getContentType() {
        return getFirstHeader("Content-Type");
    }

    @Override
    public long getContentLength() {
        return contentLength;
    }

    @Override
    public Optional<String> getCharacterEncoding() {
        return Optional.empty();
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(body);
    }

    @Override
    public BufferedReader getReader() {
        throw new UnsupportedOperationException();
    }
}
