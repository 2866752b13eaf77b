/** Tests that all platforms give equal responses: the four artifacts share one database and one issuer of tokens. */
package com.ecommerce.orders.parity;
