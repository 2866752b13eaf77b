/** Proves the adapter, and the deploy folder on the servers that Google runs. */
package com.ecommerce.orders.gcp;
