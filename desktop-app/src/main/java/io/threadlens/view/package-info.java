/** The window: the only place that knows JavaFX. */
@NullMarked
package io.threadlens.view;

import org.jspecify.annotations.NullMarked;
