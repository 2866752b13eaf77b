/** Tests of the adapter, and of the deploy folder on Google's servers. */
package com.ecommerce.orders.gcp;
