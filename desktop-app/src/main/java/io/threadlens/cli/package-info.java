/** The command line: one class a subcommand. */
@NullMarked
package io.threadlens.cli;

import org.jspecify.annotations.NullMarked;
