package io.threadlens.cli;

/** The job failed for a reason that the person can do something about; the message is the one line they see. */
final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CliException(String message) {
        super(message);
    }
}
