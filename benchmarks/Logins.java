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
 * The artifact with each login of the template and the template's own {@code DB_URL}s. TLS goes to a stand-in for RDS
 * Proxy and, for the secret, to a stand-in for Secrets Manager. For comparison, one more login sends a password to the
 * database without TLS.
 */
final class Logins {

    private final Path work;
    private final String handler;
    private final Map<String, String> settings;

    /** @param settings the settings of the function with a password */
    Logins(Path work, String handler, Map<String, String> settings) {
        this.work = work;
        this.handler = handler;
        this.settings = settings;
    }

    List<Lambda.Function> on(Path jdk) throws Exception {
        PasswordRole.create();
        Certificates certificates = new Certificates(work);
        String trust = certificates.trustedBy(jdk);
        RdsProxy byIam = new RdsProxy(certificates, true);
        RdsProxy byPassword = new RdsProxy(certificates, false);
        SecretsManager secrets = new SecretsManager(certificates, PasswordRole.USER, PasswordRole.PASSWORD);
        return List.of(
                function("password, no TLS", settings),
                function("IAM", login(trust, TemplateUrl.iam(byIam))),
                function("secret", bySecret(trust, TemplateUrl.secret(byPassword), secrets)));
    }

    private Map<String, String> bySecret(String trust, String url, SecretsManager secrets) {
        Map<String, String> all = login(trust, url);
        all.put("DB_USER", PasswordRole.USER);
        all.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.uri());
        return all;
    }

    private Lambda.Function function(String name, Map<String, String> settings) {
        return new Lambda.Function(name, work.resolve("api"), handler, settings);
    }

    private Map<String, String> login(String trust, String url) {
        Map<String, String> all = new HashMap<>(settings);
        all.remove("DB_PASSWORD");
        all.put("DB_URL", url);
        all.put("AWS_REGION", RdsProxy.REGION);
        all.putAll(RdsProxy.CREDENTIALS);
        all.put("JAVA_TOOL_OPTIONS", trust);
        return all;
    }
}
