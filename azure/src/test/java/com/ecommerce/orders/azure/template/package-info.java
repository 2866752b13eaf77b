/** Tests of the deployment templates. They evaluate the templates as Azure Resource Manager does. */
@NullMarked
package com.ecommerce.orders.azure.template;

import org.jspecify.annotations.NullMarked;
