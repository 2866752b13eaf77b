/** The login to RDS from Lambda: with IAM or with a secret of Secrets Manager. */
@NullMarked
package com.ecommerce.orders.aws.login;

import org.jspecify.annotations.NullMarked;
