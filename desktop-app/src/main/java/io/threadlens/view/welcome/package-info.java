/** What is shown while nothing is open. */
@NullMarked
package io.threadlens.view.welcome;

import org.jspecify.annotations.NullMarked;
