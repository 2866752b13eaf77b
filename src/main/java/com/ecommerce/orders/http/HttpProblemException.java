package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.ProblemCode;

/** An exception that carries a problem document from the code that refuses a request to {@link OrderApi}. */
public final class HttpProblemException extends RuntimeException {

    private final transient ProblemDocument document;

    /** Creates an exception without a stack trace: a refused request is an expected outcome. */
    public HttpProblemException(ProblemDocument document) {
        super(document.code().name(), null, false, false);
        this.document = document;
    }

    public HttpProblemException(ProblemCode code, String detail) {
        this(ProblemDocument.of(code, detail));
    }

    public ProblemDocument document() {
        return document;
    }
}
