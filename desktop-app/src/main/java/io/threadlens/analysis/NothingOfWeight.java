package io.threadlens.analysis;

import io.threadlens.model.ThreadState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says that nothing of weight was found, and by what that was judged. */
final class NothingOfWeight {
    /** Of what was not looked for it cannot be said that it is not there. */
    private static final double NOT_ALL_LOOKED_FOR = 0.7;

    private static final List<String> LOOKED_FOR = List.of("states", "waits", "holders", "refcounts", "gil", "pauses");

    private NothingOfWeight() {}

    static Finding finding(Facts facts) {
        Map<String, String> off = new TreeMap<>(facts.recording().info().features());
        off.keySet().retainAll(LOOKED_FOR);
        off.values().removeIf("ok"::equals);
        String notLookedFor = off.isEmpty()
                ? ""
                : " Not looked for: " + off.entrySet().stream().map(e -> e.getKey() + " (" + e.getValue() + ")").collect(Collectors.joining(", ")) + ".";
        return new Finding(
                FindingClass.NONE,
                Finding.Severity.LOW,
                "Nothing of weight keeps the threads from running",
                "%.2f of %d cores were busy on average. Of %s in which threads had something to do they waited %s for locks, %s for the GIL, and %s for pauses to end.%s"
                        .formatted(
                                facts.busy().mean(),
                                facts.cores(),
                                Say.seconds(facts.activeSeconds()),
                                Say.seconds(facts.seconds(ThreadState.LOCK)),
                                Say.seconds(facts.seconds(ThreadState.GIL)),
                                Say.seconds(facts.seconds(ThreadState.PAUSED)),
                                notLookedFor),
                List.of(),
                0,
                (off.isEmpty() ? 1 : NOT_ALL_LOOKED_FOR) * Confidence.ofTicks(facts.recording().tickCount()),
                "Nothing to fix here. To use more cores, give the program more to do at the same time.",
                List.of());
    }
}
