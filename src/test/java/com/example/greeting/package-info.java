/** Beans as a user of this project adds them, in a jar of their own. */
@NullMarked
package com.example.greeting;

import org.jspecify.annotations.NullMarked;
