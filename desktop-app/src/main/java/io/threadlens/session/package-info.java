/** Brings agent, wire and recording together: attaching, starting programs, what is recorded right now, and what was opened lately. */
@NullMarked
package io.threadlens.session;

import org.jspecify.annotations.NullMarked;
