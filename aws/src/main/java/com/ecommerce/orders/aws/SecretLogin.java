package com.ecommerce.orders.aws;

import com.ecommerce.orders.aws.login.SecretsManagerAuthenticationPlugin;
import java.util.Properties;

/**
 * The former name of {@link SecretsManagerAuthenticationPlugin}, which deployed values of {@code DB_URL} still hold.
 *
 * @deprecated for one release; name {@link SecretsManagerAuthenticationPlugin} in {@code DB_URL}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public final class SecretLogin extends SecretsManagerAuthenticationPlugin {

    /** @param connection the driver's properties of the connection */
    public SecretLogin(Properties connection) {
        super(connection);
    }
}
