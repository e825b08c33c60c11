/** What the views share: the recording as it is now, what is shown of it, and how work gets off the JavaFX thread and back. */
@NullMarked
package io.threadlens.view.data;

import org.jspecify.annotations.NullMarked;
