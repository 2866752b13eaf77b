/** The programs that operators run: migrations, database roles, and the export, erasure and retention of a tenant's data. */
@NullMarked
package com.ecommerce.orders.admin;

import org.jspecify.annotations.NullMarked;
