package com.ecommerce.orders.settings;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The table of all settings. The reader, the error messages, {@code docs/settings.md} and the configuration metadata use
 * this table. A setting is described only here. To add a setting, add a constant and generate the two files again:
 * {@code mvn -Plocal test -Dtest=SettingsFilesTest -Dsettings.write}.
 *
 * <p>A name with dots is a Spring property. The environment variable has the same name in upper case, with underscores
 * instead of dots and without hyphens. A name in upper case has only this form.
 */
public enum Setting {
    DB_URL(
            "DB_URL",
            SettingType.TEXT,
            "the JDBC URL of a PostgreSQL database",
            "jdbc:postgresql://localhost:5432/orders",
            Artifact.ALL,
            "The database: PostgreSQL 15 or later, migrated by `scripts/migrate.sh`. Required, except for the local"
                    + " server: without a URL that server starts an embedded PostgreSQL."),
    DB_USER(
            "DB_USER",
            SettingType.TEXT,
            "the application's database role",
            "orders_api",
            Artifact.ALL,
            "The role that the API logs in as. Required with `DB_URL`."),
    DB_PASSWORD(
            "DB_PASSWORD",
            SettingType.SECRET,
            "the password of the role DB_USER",
            "...",
            Artifact.ALL,
            "The password of that role. Without a password the platform's own login is used."),
    DB_POOL_SIZE(
            "DB_POOL_SIZE",
            SettingType.INTEGER,
            "10",
            "1..999",
            "10",
            Artifact.API,
            "The greatest number of connections to the database. One tenant gets three quarters of the connections."),
    DB_OWNER(
            "DB_OWNER",
            SettingType.TEXT,
            "the role that owns the tables",
            "orders_owner",
            Set.of(Artifact.ADMIN),
            "The role that owns the tables. Migrations and programs for a tenant's data log in as this role."),
    DB_OWNER_PASSWORD(
            "DB_OWNER_PASSWORD",
            SettingType.SECRET,
            "the password of the role DB_OWNER",
            "...",
            Set.of(Artifact.ADMIN),
            "The password of that role."),
    DB_USER_OBJECT_ID(
            "DB_USER_OBJECT_ID",
            SettingType.TEXT,
            "the object id (principal id) of the function app's managed identity",
            "33333333-3333-3333-3333-333333333333",
            Set.of(Artifact.ADMIN),
            "The Entra identity that becomes the role `DB_USER`, for `scripts/migrate.sh` on Azure."),

    PORT(
            "PORT",
            SettingType.INTEGER,
            "8080",
            "0..65535",
            "8080",
            Set.of(Artifact.LOCAL),
            "The TCP port of the server. 0 takes any free port."),
    HOST(
            "HOST",
            SettingType.TEXT,
            "an address of this machine",
            "127.0.0.1",
            Set.of(Artifact.LOCAL),
            "The address that the server listens on. The default is `127.0.0.1` with development tokens and `0.0.0.0`"
                    + " with an issuer."),
    SERVER_TOMCAT_MAX_CONNECTIONS(
            "server.tomcat.max-connections",
            SettingType.INTEGER,
            "1..1000000",
            "500",
            Set.of(Artifact.LOCAL),
            "The greatest number of connections of clients at once, a setting of Spring Boot. The default is what fits"
                    + " into a quarter of the heap."),
    SERVER_TOMCAT_CONNECTION_TIMEOUT(
            "server.tomcat.connection-timeout",
            SettingType.DURATION,
            "20s",
            "1ms..24h",
            "20s",
            Set.of(Artifact.LOCAL),
            "How long a request may take to arrive, a setting of Spring Boot."),
    DATA_DIR(
            "ORDERS_DATA_DIR",
            SettingType.TEXT,
            ".data",
            "a directory that the API may write to",
            "/var/lib/orders",
            Set.of(Artifact.LOCAL),
            "The directory of the embedded PostgreSQL and of the key of development tokens."),

    HTTP_BASE_PATH(
            "orders.http.base-path",
            SettingType.TEXT,
            "a path that begins with a slash and does not end with one, of letters, digits and -._~",
            "/shop",
            Artifact.API,
            "The path below which clients find the API, see"
                    + " [docs/operations.md](operations.md#behind-a-proxy-a-gateway-or-a-custom-domain)."),
    CORS_ORIGINS(
            "orders.cors.origins",
            SettingType.LIST,
            "a list of origins as browsers send them: scheme, host and port in lower case, without a path, a slash at the"
                    + " end or the scheme's own port",
            "https://shop.example",
            Artifact.API,
            "The origins of web pages that may call the API, or `*` for all. The default allows none."),
    EVENTS_TYPE_PREFIX(
            "orders.events.type-prefix",
            SettingType.TEXT,
            "orders",
            "words of lower-case letters and digits, with dots or hyphens between them, at most 100 characters",
            "com.example.orders",
            Artifact.API,
            "The first part of the `type` of all published events, see [docs/events.md](events.md)."),

    IDENTITY_MODE(
            "orders.identity.mode",
            SettingType.CHOICE,
            "jwt",
            "jwt|gateway",
            "jwt",
            Artifact.API,
            "Who verifies tokens: the API (`jwt`) or the platform's gateway (`gateway`). The local server has only `jwt`."),
    IDENTITY_JWT_ISSUER(
            "orders.identity.jwt.issuer",
            SettingType.TEXT,
            "the issuer of your users' tokens, as their claim iss says it",
            "https://login.example.org/",
            Artifact.API,
            "The issuer of tokens. Required in `jwt` mode, except for the local server: without an issuer that server"
                    + " accepts development tokens. `{tid}` stands for the token's own claim `tid`."),
    IDENTITY_JWT_AUDIENCE(
            "orders.identity.jwt.audience",
            SettingType.TEXT,
            "the audience of your users' tokens, as their claim aud (or client_id) says it",
            "orders-api",
            Artifact.API,
            "The audience of tokens. Required with an issuer."),
    IDENTITY_JWT_JWK_SET_URI(
            "orders.identity.jwt.jwk-set-uri",
            SettingType.TEXT,
            "an https address (http is taken for localhost only)",
            "https://login.example.org/.well-known/jwks.json",
            Artifact.API,
            "The address of the issuer's public keys. An issuer needs this address or the keys themselves."),
    IDENTITY_JWT_JWK_SET(
            "orders.identity.jwt.jwk-set",
            SettingType.TEXT,
            "a JWK set (RFC 7517) with a public key for signatures by RS, PS or ES",
            "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"n\":\"...\",\"e\":\"AQAB\"}]}",
            Artifact.API,
            "The issuer's public keys themselves, for a function that can't fetch them."),
    IDENTITY_CLAIMS_TENANT(
            "orders.identity.claims.tenant",
            SettingType.LIST,
            "tenant_id",
            "a list of claims",
            "tenant_id",
            Artifact.API,
            "The claims that name the tenant. The first claim that a token has counts. A dot leads into a nested claim."),
    IDENTITY_CLAIMS_USER(
            "orders.identity.claims.user",
            SettingType.LIST,
            "sub",
            "a list of claims",
            "sub",
            Artifact.API,
            "The claims that name the user."),
    IDENTITY_CLAIMS_EMAIL(
            "orders.identity.claims.email",
            SettingType.LIST,
            "email",
            "a list of claims",
            "email",
            Artifact.API,
            "The claims with the user's e-mail address."),
    IDENTITY_CLAIMS_SCOPES(
            "orders.identity.claims.scopes",
            SettingType.LIST,
            "scope",
            "a list of claims",
            "scope",
            Artifact.API,
            "The claims with the user's permissions."),
    IDENTITY_TENANTS_ALLOWED(
            "orders.identity.tenants.allowed",
            SettingType.LIST,
            "a list of the values of the tenant claim that are let in",
            "acme,globex",
            Artifact.API,
            "The values of the tenant claim that are let in. The default allows all that the issuer names. Required with"
                    + " an alias, with the claim `tid` in `gateway` mode, and with `{tid}` in the issuer."),
    IDENTITY_TENANTS_ALIAS(
            "orders.identity.tenants.alias",
            SettingType.JSON,
            "a JSON object that has at least one key, and none twice",
            "{\"11111111-2222-3333-4444-555555555555\":\"acme\"}",
            Artifact.API,
            "Names of tenants by values of the tenant claim, so that a tenant has one name on every cloud. The default"
                    + " is the claim's value."),
    IDENTITY_GATEWAY_HEADER(
            "orders.identity.gateway.header",
            SettingType.CHOICE,
            "X-Apigateway-Api-Userinfo",
            "X-Apigateway-Api-Userinfo|X-Endpoint-API-UserInfo",
            "X-Apigateway-Api-Userinfo",
            Set.of(Artifact.GCP),
            "The header in which the gateway passes verified claims in `gateway` mode. API Gateway sets the first,"
                    + " Cloud Endpoints the second."),

    CACHE_URL(
            "orders.cache.url",
            SettingType.SECRET,
            "caffeine or the address of a Redis",
            "redis://localhost:6379",
            Artifact.API,
            "The cache of orders, in an artifact that was built with the cache, see"
                    + " [docs/operations.md](operations.md#a-cache-for-reading). The address may hold a password."),
    CACHE_TTL(
            "orders.cache.ttl",
            SettingType.DURATION,
            "10s",
            "1ms..24h",
            "10s",
            Artifact.API,
            "How long an order stays in the cache."),
    TELEMETRY_ENDPOINT(
            "orders.telemetry.endpoint",
            SettingType.TEXT,
            "the address of an OTLP collector, without a path",
            "http://localhost:4318",
            Artifact.API,
            "The collector of metrics and traces, in an artifact that was built with telemetry, see"
                    + " [docs/operations.md](operations.md#metrics-and-traces)."),
    TELEMETRY_INTERVAL(
            "orders.telemetry.interval",
            SettingType.DURATION,
            "60s",
            "1s..24h",
            "60s",
            Artifact.API,
            "The time between two exports of metrics."),

    AWS_REGION(
            "AWS_REGION",
            SettingType.TEXT,
            "the region of the function",
            "eu-central-1",
            Set.of(Artifact.AWS),
            "The region of the database login. Set by Lambda."),
    AWS_ACCESS_KEY_ID(
            "AWS_ACCESS_KEY_ID",
            SettingType.TEXT,
            "the id of the role's access key",
            "...",
            Set.of(Artifact.AWS),
            "The credentials of the function's role. Set by Lambda."),
    AWS_SECRET_ACCESS_KEY(
            "AWS_SECRET_ACCESS_KEY",
            SettingType.SECRET,
            "the role's access key",
            "...",
            Set.of(Artifact.AWS),
            "The credentials of the function's role. Set by Lambda."),
    AWS_SESSION_TOKEN(
            "AWS_SESSION_TOKEN",
            SettingType.SECRET,
            "the token of the role's session",
            "...",
            Set.of(Artifact.AWS),
            "The credentials of the function's role. Set by Lambda."),
    AWS_CONTAINER_CREDENTIALS_FULL_URI(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            SettingType.TEXT,
            "an address on this machine",
            "http://127.0.0.1:9001/credentials",
            Set.of(Artifact.AWS),
            "The address of credentials for a function that starts from a snapshot. Set by Lambda."),
    AWS_LAMBDA_INITIALIZATION_TYPE(
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            SettingType.TEXT,
            "the way in which the function starts",
            "snap-start",
            Set.of(Artifact.AWS),
            "`snap-start` makes the function ready for a snapshot. Set by Lambda."),
    WEBSITE_AUTH_ENABLED(
            "WEBSITE_AUTH_ENABLED",
            SettingType.TEXT,
            "true or false",
            "true",
            Set.of(Artifact.AZURE),
            "Tells that App Service authentication is on. Verified claims count only with `true`. Set by Azure."),
    GOOGLE_CLOUD_PROJECT(
            "GOOGLE_CLOUD_PROJECT",
            SettingType.TEXT,
            "the id of a project",
            "my-project",
            Set.of(Artifact.GCP),
            "The project whose traces the log refers to. Set by `scripts/deploy_gcp.sh`.");

    private final String property;
    private final SettingType type;
    private final @Nullable String defaultValue;
    private final String allowed;
    private final String example;
    private final Set<Artifact> artifacts;
    private final String description;

    /** A setting without a default. */
    Setting(
            String property,
            SettingType type,
            String allowed,
            String example,
            Set<Artifact> artifacts,
            String description) {
        this(property, type, null, allowed, example, artifacts, description);
    }

    Setting(
            String property,
            SettingType type,
            @Nullable String defaultValue,
            String allowed,
            String example,
            Set<Artifact> artifacts,
            String description) {
        this.property = property;
        this.type = type;
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.example = example;
        this.artifacts = artifacts;
        this.description = description;
    }

    /** Returns the name of the Spring property. */
    public String property() {
        return property;
    }

    /** Returns the name of the environment variable. */
    public String variable() {
        return key().toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Returns the form of the value. */
    public SettingType type() {
        return type;
    }

    /** Returns the default, which an artifact's own file may replace; {@code null} if there is none. */
    public @Nullable String defaultValue() {
        return defaultValue;
    }

    /** Returns the allowed values as {@link #type} writes them. */
    public String allowed() {
        return allowed;
    }

    /** Returns an example of a valid value. */
    public String example() {
        return example;
    }

    /** Returns the artifacts that read the setting. */
    public Set<Artifact> artifacts() {
        return artifacts;
    }

    /** Returns the description of the setting in Markdown. */
    public String description() {
        return description;
    }

    /** Returns the exception for a required setting that is not set. */
    public SettingException missing() {
        return new SettingException(variable(), "is missing. Set " + type.describe(allowed), example);
    }

    /** Returns the exception for a value that is not allowed. */
    public SettingException invalid() {
        return must("be " + type.describe(allowed));
    }

    /**
     * Returns the exception for a value that breaks a rule.
     *
     * @param rule the end of a sentence that starts with the setting and "must"
     */
    public SettingException must(String rule) {
        return must(rule, example);
    }

    /**
     * Returns the exception for a value that breaks a rule, with an example that is similar to the value.
     *
     * @param rule the end of a sentence that starts with the setting and "must"
     * @param fitting a valid value
     */
    public SettingException must(String rule, String fitting) {
        return new SettingException(variable(), "must " + rule, fitting);
    }

    /** Tells whether {@code environment} has the setting, without reading or checking the value. */
    public boolean isSetIn(Environment environment) {
        return environment.containsProperty(property);
    }

    /** Returns the form of the name that is used to search sources of properties. */
    String key() {
        return SettingNames.key(property);
    }
}
