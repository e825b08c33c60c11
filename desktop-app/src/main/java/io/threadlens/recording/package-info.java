/**
 * Recordings on disk (docs/recording-format.md), growing or saved, and the only place that knows Arrow.
 * Arrow's schema and message classes say how bytes lie; the bytes themselves are ours, mapped or on the heap, so that reading copies nothing.
 */
@NullMarked
package io.threadlens.recording;

import org.jspecify.annotations.NullMarked;
