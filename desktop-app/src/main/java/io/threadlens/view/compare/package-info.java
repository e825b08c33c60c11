/** Two recordings of one program, one above the other, and what differs between them, which is counted in {@code comparison}. */
@NullMarked
package io.threadlens.view.compare;

import org.jspecify.annotations.NullMarked;
