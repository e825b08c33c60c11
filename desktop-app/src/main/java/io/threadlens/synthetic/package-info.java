/** Made-up recordings of known content and any size, for benchmarks and tests. */
@NullMarked
package io.threadlens.synthetic;

import org.jspecify.annotations.NullMarked;
