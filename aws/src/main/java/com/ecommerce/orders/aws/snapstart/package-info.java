/** The preparation of a Lambda snapshot, and the work after a restore. */
@NullMarked
package com.ecommerce.orders.aws.snapstart;

import org.jspecify.annotations.NullMarked;
