/** Whether all platforms answer alike: their four artifacts side by side, on one database, with one issuer of tokens. */
package com.ecommerce.orders.parity;
