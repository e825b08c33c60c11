package io.threadlens.model;

import org.jspecify.annotations.Nullable;

/**
 * A thread of the recorded program.
 *
 * @param number  its number in the recording, 0, 1, 2 …
 * @param tid     native id, as the kernel knows it
 * @param ident   {@code threading.get_ident()}
 * @param name    as {@code threading} knows it, or null where that was not seen
 * @param startNs when it was first seen
 * @param endNs   when it was seen to be gone, −1 while it lives
 */
public record ThreadInfo(int number, int tid, long ident, @Nullable String name, long startNs, long endNs) {}
