/** How fast the window is, measured in the window itself. */
@NullMarked
package io.threadlens.view.bench;

import org.jspecify.annotations.NullMarked;
