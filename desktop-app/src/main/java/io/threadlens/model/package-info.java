/** Values that everything else speaks in. Depends on nothing. */
@NullMarked
package io.threadlens.model;

import org.jspecify.annotations.NullMarked;
