/** Colours, style sheets and icons. */
@NullMarked
package io.threadlens.view.theme;

import org.jspecify.annotations.NullMarked;
