package io.threadlens.analysis;

/** What a person can do about it, where more than one place says so. */
public final class Advice {
    public static final String GIL_IS_ON = "Look for PYTHON_GIL=1, -X gil=1, or an extension module that does not declare support for running without the GIL.";
    public static final String GIL_BUILD = "Run the program on a free-threaded build of Python.";
    public static final String REFCOUNT = "Give each thread a copy of its own, or fetch the object once outside the loop and keep it in a local variable.";
    public static final String IMBALANCE = "Cut the work into smaller pieces, or begin with the longest one, so that the threads are done at the same time.";

    private Advice() {}
}
