/** Logs in to RDS from Lambda: by IAM or by a secret of Secrets Manager. */
@NullMarked
package com.ecommerce.orders.aws.login;

import org.jspecify.annotations.NullMarked;
