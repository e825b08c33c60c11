package io.threadlens.model;

import org.jspecify.annotations.Nullable;

/**
 * One call on a stack.
 *
 * @param function  qualified name, as the code object has it
 * @param file      path as the interpreter knows it
 * @param firstLine first line of the function, 1-based, 0 unknown
 * @param line      line that was being executed, 1-based, 0 unknown
 */
public record Frame(@Nullable String function, @Nullable String file, int firstLine, int line) {}
