package io.threadlens.cli;

import sun.misc.Signal;

/**
 * Makes Ctrl+C and its relatives end a recording instead of the process. The second one ends the process as usual; what was written by then is
 * recovered when the recording's folder is opened.
 */
final class StopSignals {
    private StopSignals() {}

    static void send(Runnable stop) {
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), first -> {
                Signal.handle(first, again -> Runtime.getRuntime().halt(128 + again.getNumber()));
                stop.run();
            });
        }
    }
}
