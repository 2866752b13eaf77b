/** The command line of the jar: the commands of operators and developers. */
@NullMarked
package com.ecommerce.orders.cli;

import org.jspecify.annotations.NullMarked;
