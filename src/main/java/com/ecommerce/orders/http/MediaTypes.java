package com.ecommerce.orders.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The media types of the bodies that we take (RFC 8259, RFC 7396). */
final class MediaTypes {

    private static final Pattern JSON = Pattern.compile(
            "application/(json|merge-patch\\+json)\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?",
            Pattern.CASE_INSENSITIVE);

    private MediaTypes() {}

    /** Whether it is JSON in UTF-8; a merge patch is JSON where the method patches. */
    static boolean isJson(String type, String method) {
        Matcher json = JSON.matcher(type.strip());
        return json.matches() && (method.equals("PATCH") || json.group(1).equalsIgnoreCase("json"));
    }
}
