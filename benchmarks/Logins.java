import com.ecommerce.orders.aws.testkit.Certificates;
import com.ecommerce.orders.aws.testkit.PasswordRole;
import com.ecommerce.orders.aws.testkit.RdsProxy;
import com.ecommerce.orders.aws.testkit.SecretsManager;
import com.ecommerce.orders.aws.testkit.TemplateUrl;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The artifact and the floor with the logins of the template and the template's own {@code DB_URL}s. TLS goes to a
 * stand-in for RDS Proxy and, for the secret, to a stand-in for Secrets Manager. For comparison, one more login sends a
 * password to the database without TLS.
 */
final class Logins {

    private final Lambda.Function floor;
    private final Lambda.Function api;
    private final Path work;

    /** @param floor the floor with a password, and {@code api} the artifact with a password */
    Logins(Lambda.Function floor, Lambda.Function api, Path work) {
        this.floor = floor;
        this.api = api;
        this.work = work;
    }

    /** Returns the floor and the API with the login by IAM first, because the ratios refer to the first function. */
    List<Lambda.Function> on(Path jdk) throws Exception {
        PasswordRole.create();
        Certificates certificates = new Certificates(work);
        Map<String, String> iam = byIam(certificates, jdk);
        RdsProxy byPassword = new RdsProxy(certificates, false);
        SecretsManager secrets = new SecretsManager(certificates, PasswordRole.USER, PasswordRole.PASSWORD);
        return List.of(
                with("floor, IAM", floor, iam),
                with("API, IAM", api, iam),
                with(
                        "API, secret",
                        api,
                        bySecret(certificates.trustedBy(jdk), TemplateUrl.secret(byPassword), secrets)),
                with("floor, password, no TLS", floor, Map.of()),
                with("API, password, no TLS", api, Map.of()));
    }

    /** Returns the API from its ZIP and from an image, with both logins. */
    List<Lambda.Function> byPackage(Path jdk, Path image) throws Exception {
        Map<String, String> iam = byIam(new Certificates(work), jdk);
        Lambda.Function ofImage = new Lambda.Function("image", image, api.handler(), api.settings());
        return List.of(
                with("ZIP", api, Map.of()),
                with("image", ofImage, Map.of()),
                with("ZIP, IAM", api, iam),
                with("image, IAM", ofImage, iam));
    }

    /** Returns the settings of a login by IAM to a new stand-in for RDS Proxy. */
    static Map<String, String> byIam(Certificates certificates, Path jdk) throws Exception {
        return login(certificates.trustedBy(jdk), TemplateUrl.iam(new RdsProxy(certificates, true)));
    }

    private static Map<String, String> bySecret(String trust, String url, SecretsManager secrets) {
        Map<String, String> all = login(trust, url);
        all.put("DB_USER", PasswordRole.USER);
        all.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.uri());
        return all;
    }

    private static Map<String, String> login(String trust, String url) {
        Map<String, String> all = new HashMap<>(RdsProxy.CREDENTIALS);
        all.put("DB_URL", url);
        all.put("AWS_REGION", RdsProxy.REGION);
        all.put("JAVA_TOOL_OPTIONS", trust);
        return all;
    }

    private static Lambda.Function with(String name, Lambda.Function function, Map<String, String> login) {
        Map<String, String> settings = new HashMap<>(function.settings());
        if (!login.isEmpty()) {
            settings.remove("DB_PASSWORD");
            settings.putAll(login);
        }
        return new Lambda.Function(name, function.directory(), function.handler(), settings);
    }
}
