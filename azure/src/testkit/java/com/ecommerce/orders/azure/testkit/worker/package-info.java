/**
 * Stand-ins for Azure's Functions host and its Java worker, because tests can't run the real ones. They behave as observed,
 * or as the sources of the real ones say. They need only the JDK, Gson and the functions library, because the class path of
 * the worker has no other libraries.
 */
package com.ecommerce.orders.azure.testkit.worker;
