/** Evaluates the deployment templates as Azure Resource Manager does, so that tests see what would be deployed. */
@NullMarked
package com.ecommerce.orders.azure.template;

import org.jspecify.annotations.NullMarked;
