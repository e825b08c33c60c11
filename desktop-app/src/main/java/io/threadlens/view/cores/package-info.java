/** Cores: who was on them over time, and how many were busy. */
@NullMarked
package io.threadlens.view.cores;

import org.jspecify.annotations.NullMarked;
