"""The mistakes a person can make and the machine can have, each one line that says what and what to do."""


class AgentError(Exception):
    """The job failed for a reason that its one-line text explains; the command ends with exit code 1."""


class UsageError(Exception):
    """The command line is wrong; exit code 2."""
