/** Two configurations of one program side by side: what differs, and whether it is more than noise. Headless. */
@NullMarked
package io.threadlens.comparison;

import org.jspecify.annotations.NullMarked;
