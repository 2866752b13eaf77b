/**
 * Azure's Functions host and its Java worker as far as a request can tell, for tests: neither can be run here. What it
 * does is what both were observed to do, or do by their sources. Needs nothing but the JDK, Gson and the functions
 * library, as the worker's own class path has no more.
 */
package com.ecommerce.orders.azure.worker;
