/** Two recordings of one program, one above the other. */
@NullMarked
package io.threadlens.view.compare;

import org.jspecify.annotations.NullMarked;
