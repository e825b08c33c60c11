package io.threadlens.session;

import io.threadlens.model.RecordingInfo.ProcessInfo;
import java.util.List;

/**
 * One way of running a program that it is compared under.
 *
 * @param python  the words that start its interpreter; the script's follow
 * @param version of the interpreter: {@code "3.14.7"}
 */
public record Configuration(Kind kind, List<String> python, String version) {
    /** The ways there are, the one to compare with first. */
    public enum Kind {
        GIL_BUILD(ProcessInfo.GIL_BUILD, "gil-build"),
        FREE_THREADED_GIL_ON(ProcessInfo.GIL_ON, "gil-on"),
        FREE_THREADED(ProcessInfo.FREE_THREADED, "free-threaded");

        private final String label;
        private final String word;

        Kind(String label, String word) {
            this.label = label;
            this.word = word;
        }

        /** For people. */
        public String label() {
            return label;
        }

        /** For names of folders and files. */
        String word() {
            return word;
        }
    }

    public Configuration {
        python = List.copyOf(python);
    }
}
