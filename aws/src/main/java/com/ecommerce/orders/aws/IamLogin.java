package com.ecommerce.orders.aws;

import com.ecommerce.orders.aws.login.RdsIamAuthenticationPlugin;
import java.util.Properties;

/**
 * The former name of {@link RdsIamAuthenticationPlugin}, which deployed values of {@code DB_URL} still hold.
 *
 * @deprecated for one release; name {@link RdsIamAuthenticationPlugin} in {@code DB_URL}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public final class IamLogin extends RdsIamAuthenticationPlugin {

    /** @param connection the driver's properties of the connection */
    public IamLogin(Properties connection) {
        super(connection);
    }
}
