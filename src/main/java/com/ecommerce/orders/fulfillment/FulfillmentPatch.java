package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.ProblemException;

/** The input of {@code updateFulfillment}. As JSON, the changes are a merge patch (RFC 7396). */
public interface FulfillmentPatch extends OperationInput {

    /**
     * Returns the details of {@code fulfillment} after the patch.
     *
     * @throws ProblemException if the result breaks a rule
     */
    FulfillmentDetails applyTo(EntryDocument fulfillment);
}
