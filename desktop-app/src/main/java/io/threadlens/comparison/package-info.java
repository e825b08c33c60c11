/**
 * Two configurations of one program compared: what each of them did, where the time went that keeps the one from being as fast as it could, and which
 * differences are real.
 */
@NullMarked
package io.threadlens.comparison;

import org.jspecify.annotations.NullMarked;
