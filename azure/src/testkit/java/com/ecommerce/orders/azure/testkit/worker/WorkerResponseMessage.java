package com.ecommerce.orders.azure.testkit.worker;

import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.util.HashMap;
import java.util.Map;

/** A response that a function builds with the worker: each header has one value. */
public final class WorkerResponseMessage implements HttpResponseMessage, HttpResponseMessage.Builder {

    private final Map<String, String> headers = new HashMap<>();
    private HttpStatusType status = HttpStatus.OK;
    private Object body;

    @Override
    public HttpStatusType getStatus() {
        return status;
    }

    @Override
    public String getHeader(String key) {
        return headers.get(key);
    }

    /** Returns all headers. */
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public Object getBody() {
        return body;
    }

    @Override
    public Builder status(HttpStatusType status) {
        this.status = status;
        return this;
    }

    @Override
    public Builder header(String key, String value) {
        headers.put(key, value);
        return this;
    }

    @Override
    public Builder body(Object body) {
        this.body = body;
        return this;
    }

    @Override
    public HttpResponseMessage build() {
        return this;
    }
}
