package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import java.util.List;

/** The functions of a part of a recording, with their times. */
public final class RangeFunctions {
    private RangeFunctions() {}

    public static List<Report.FunctionPart> of(Recording recording, Part part) {
        return FunctionTimes.of(recording, StackTimes.of(recording, part));
    }
}
