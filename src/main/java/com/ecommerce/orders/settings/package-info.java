/** What every configuration needs: what operators set, how they are told what is wrong with it, beans by plain code. */
@NullMarked
package com.ecommerce.orders.settings;

import org.jspecify.annotations.NullMarked;
