/** What a recording says, as data. Headless: no window, no socket, no Arrow. */
@NullMarked
package io.threadlens.analysis;

import org.jspecify.annotations.NullMarked;
