/** What one can do in a window, as one list, and by which keys. */
@NullMarked
package io.threadlens.view.actions;

import org.jspecify.annotations.NullMarked;
