package io.threadlens.view.detail;

import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.LineTimes;
import io.threadlens.analysis.Measure;
import io.threadlens.analysis.Report;
import io.threadlens.analysis.SourceFile;
import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.view.data.RecordingData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file's lines with what they cost.
 *
 * @param call      whose file it is; null where the recording has no call in a file
 * @param problem   why the lines are without their text; null where they have it
 * @param lines     those of the text, or where there is none, those that have time, with their function
 * @param hottest   number of the line with the most time of its own, else in all, of the call's function where its line is not known; 0 for none
 * @param functions those of the file that have time, most of it first
 */
record SourceLines(
        Question question, @Nullable Frame call, @Nullable String problem, List<Line> lines, int hottest, List<Report.FunctionPart> functions) {
    /** @param wanted the call that is looked at; null for the place with the most time */
    record Question(RecordingData data, CallTimes times, @Nullable Frame wanted, Measure measure) {}

    /**
     * @param number 1-based, 0 for what was not seen at a line
     * @param self   ns of the measure
     * @param total  ns of the measure
     * @param states of the total
     */
    record Line(int number, String text, long self, long total, long[] states) {}

    private static final int TAB = 4;

    static SourceLines of(Question question) {
        List<Report.FunctionPart> all = question.times().functions();
        Frame call = question.wanted() != null ? question.wanted() : hottest(all);
        if (call == null || call.file() == null) {
            return new SourceLines(question, call, call == null ? "No code was seen here." : "It is not known in which file this function is.", List.of(), 0, List.of());
        }
        String file = call.file();
        LineTimes times = question.times().lines(file);
        SourceFile source = SourceFile.read(file, question.data().info(), times.lastLine());
        List<Line> lines = new ArrayList<>();
        if (source.problem() == null) {
            if (times.line(0) != null) {
                lines.add(line(question.measure(), 0, "(at a line that was not seen)", times.line(0)));
            }
            for (int i = 0; i < source.lines().size(); i++) {
                lines.add(line(question.measure(), i + 1, source.lines().get(i).replace("\t", " ".repeat(TAB)), times.line(i + 1)));
            }
        } else {
            times.lines().forEach(line -> lines.add(line(question.measure(), line.number(), line.function() == null ? "" : "in " + line.function(), line)));
        }
        List<Report.FunctionPart> here = all.stream()
                .filter(part -> file.equals(part.file()))
                .sorted(Comparator.comparingDouble(Report.FunctionPart::total).reversed())
                .toList();
        return new SourceLines(question, call, source.problem(), lines, hottestOf(lines, call, here), here);
    }

    private static Line line(Measure measure, int number, String text, LineTimes.@Nullable Line times) {
        return times == null ? new Line(number, text, 0, 0, new long[ThreadState.COUNT])
                : new Line(number, text, measure.of(times.self()), measure.of(times.total()), measure.part(times.total()));
    }

    /** The function with the most time of its own, of the program's own code where there is such. */
    private static @Nullable Frame hottest(List<Report.FunctionPart> functions) {
        List<Function> known = functions.stream()
                .map(part -> new Function(part.function(), part.file(), part.line() == null ? 0 : part.line()))
                .filter(function -> function.file() != null)
                .toList();
        Function own = known.stream().filter(function -> !function.isLibrary()).findFirst().orElse(known.isEmpty() ? null : known.getFirst());
        return own == null ? null : own.frame();
    }

    /** Of the lines of the call's function, which end where another function of the file begins as far as that is known. */
    private static int hottestOf(List<Line> lines, Frame call, List<Report.FunctionPart> functions) {
        int from = call.firstLine();
        int to = functions.stream()
                .mapToInt(part -> part.line() == null ? 0 : part.line())
                .filter(first -> first > from)
                .min()
                .orElse(Integer.MAX_VALUE);
        return lines.stream()
                .filter(line -> line.number() >= from && line.number() < to && line.total() > 0)
                .max(Comparator.comparingLong(Line::self).thenComparingLong(Line::total))
                .map(Line::number)
                .orElse(from);
    }

    /** The line to look at: the call's, or where only its function is known, the hottest of that. */
    int shown() {
        return call == null ? 0 : call.line() > 0 && call.line() != call.firstLine() ? call.line() : hottest;
    }
}
