"""The states of a thread, by the numbers they have on the wire."""

STATES = ("unknown", "running", "native", "runnable", "lock", "signal", "gil", "paused", "io", "idle")
