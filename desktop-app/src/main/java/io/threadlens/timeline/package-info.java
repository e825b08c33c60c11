/**
 * The timeline without a window: what a stretch of a recording shows at a given width. Headless, exact and safe from any thread;
 * the view only puts it on the screen.
 */
@NullMarked
package io.threadlens.timeline;

import org.jspecify.annotations.NullMarked;
