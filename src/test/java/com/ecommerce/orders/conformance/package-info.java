/**
 * The conformance suite: the cases of {@code src/test/resources/conformance}, run over HTTP against any adapter, every
 * answer held against the published contract.
 */
package com.ecommerce.orders.conformance;
