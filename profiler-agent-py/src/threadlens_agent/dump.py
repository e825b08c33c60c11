"""`dump`: every thread's stack, once."""
