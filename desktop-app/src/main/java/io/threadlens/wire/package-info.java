/**
 * What the agent says, byte by byte (docs/wire-protocol.md): bytes in, checked columns out. The only place that opens sockets.
 * A batch that has passed {@link io.threadlens.wire.BatchValidator} may be trusted: every number in it refers to something that exists.
 */
@NullMarked
package io.threadlens.wire;

import org.jspecify.annotations.NullMarked;
