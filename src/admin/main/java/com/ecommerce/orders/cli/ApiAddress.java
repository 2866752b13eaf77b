package com.ecommerce.orders.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that names the API to which a command sends requests. */
final class ApiAddress {

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "Address of the API (default: http://localhost:8080).")
    private String url = "http://localhost:8080";

    /** Returns the address without a slash at the end. */
    String url() {
        return url;
    }

    /** Reads an address. */
    private static final class UrlConverter implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            if (!isValid(text)) {
                throw new TypeConversionException(
                        "must be an http or https address, for example https://api.example.org");
            }
            if (URI.create(text).getRawUserInfo() != null) {
                throw new TypeConversionException("must have no user and no password, because messages show the"
                        + " address. Set API_TOKEN to a token");
            }
            return text.replaceFirst("/+$", "");
        }

        private static boolean isValid(String text) {
            try {
                URI uri = new URI(text);
                return text.matches("https?://.*")
                        && uri.getHost() != null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
