/** The window around everything else. */
@NullMarked
package io.threadlens.view.shell;

import org.jspecify.annotations.NullMarked;
