package com.ecommerce.orders.aws.testkit;

import com.ecommerce.orders.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The {@code DB_URL}s of the template. Only the names of resources are filled in. */
public final class TemplateUrl {

    private static final Pattern URLS = Pattern.compile("- !Sub \"(jdbc:[^\"]*)\"");

    private TemplateUrl() {}

    /** Returns the URL for a login with IAM. */
    public static String iam(RdsProxy proxy) throws IOException {
        return of("RdsIamAuthenticationPlugin", proxy);
    }

    /** Returns the URL for a login with a secret. */
    public static String secret(RdsProxy proxy) throws IOException {
        return of("SecretsManagerAuthenticationPlugin", proxy);
    }

    private static String of(String login, RdsProxy proxy) throws IOException {
        List<String> urls = URLS.matcher(Files.readString(Path.of("aws/template.yaml")))
                .results()
                .map((MatchResult url) -> url.group(1))
                .filter(url -> url.contains(login))
                .toList();
        String database = TestDatabase.get().url().replaceFirst(".*/", "");
        return urls.get(0)
                .replace("${Proxy.Endpoint}:5432", "localhost:" + proxy.port())
                .replace("${DatabaseName}", database)
                .replace("${ApplicationSecret}", SecretsManager.ID);
    }
}
