/** The tabs below the timeline; they follow what is selected in it. */
@NullMarked
package io.threadlens.view.detail;

import org.jspecify.annotations.NullMarked;
