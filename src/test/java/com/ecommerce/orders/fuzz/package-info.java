/** Bad inputs in great number: how they are made of good ones, and what every answer to them must be like. */
package com.ecommerce.orders.fuzz;
