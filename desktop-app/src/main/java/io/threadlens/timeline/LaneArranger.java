package io.threadlens.timeline;

import io.threadlens.model.NumberedName;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.LaneOrder.Grouping;
import io.threadlens.timeline.LaneOrder.Sorting;
import io.threadlens.timeline.LaneOrder.Spent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes lanes of what a person wants. May read the whole range; not for a thread that must not wait. */
public final class LaneArranger {
    private static final String NAMELESS = "threads without a name";

    private final StateTimes times;
    private final CpuTimes cpu;
    private final LaneOrder order;
    private final TimeRange range;
    private final Set<Integer> pinned;

    private LaneArranger(StateTimes times, CpuTimes cpu, LaneOrder order, TimeRange range) {
        this.times = times;
        this.cpu = cpu;
        this.order = order;
        this.range = range;
        pinned = Set.copyOf(order.pinned());
    }

    /** @param range what times for sorting and filters are of */
    public static LaneRows arrange(StateTimes times, CpuTimes cpu, LaneOrder order, TimeRange range) {
        return new LaneArranger(times, cpu, order, range).rows();
    }

    /** The threads whose name or native id has every word that is searched for, in the order in which they were started. */
    public static List<ThreadInfo> matching(List<ThreadInfo> threads, String search) {
        String[] words = search.strip().toLowerCase(Locale.ROOT).split("\\s+");
        return threads.stream()
                .sorted(Comparator.comparingLong(ThreadInfo::startNs).thenComparingInt(ThreadInfo::tid))
                .filter(thread -> search.isBlank() || hasAll((LaneLayout.nameOf(thread) + " " + thread.tid()).toLowerCase(Locale.ROOT), words))
                .toList();
    }

    private static boolean hasAll(String text, String[] words) {
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** A thread or a group, with what it is sorted by. */
    private record Entry(ThreadInfo first, List<Entry> members, String key, NumberedName name, long value) {}

    private LaneRows rows() {
        List<ThreadInfo> found = matching(times.threads(), order.search());
        FunctionSearch functions = order.function().isEmpty() ? null : new FunctionSearch(times, order.function(), range);
        List<Entry> threads = found.stream()
                .filter(thread -> !order.hidden().contains(thread.number()))
                .filter(thread -> order.spent() == null || spent(thread.number(), order.spent()))
                .filter(thread -> functions == null || functions.isCalledBy(thread.number()))
                .map(this::entry)
                .toList();

        List<Lane> lanes = new ArrayList<>();
        Set<Integer> shown = new HashSet<>();
        threads.forEach(entry -> shown.add(entry.first.number()));
        for (int thread : order.pinned()) {
            if (shown.contains(thread)) {
                lanes.add(lane(thread, false));
            }
        }
        int atTop = lanes.size();
        for (Entry entry : grouped(threads).stream().sorted(inOrder()).toList()) {
            add(lanes, entry);
        }
        return new LaneRows(lanes, atTop);
    }

    private void add(List<Lane> lanes, Entry entry) {
        if (entry.members.isEmpty()) {
            if (!pinned.contains(entry.first.number())) {
                lanes.add(lane(entry.first.number(), false));
            }
            return;
        }
        List<Entry> sorted = entry.members.stream().sorted(inOrder()).toList();
        boolean open = order.open().contains(entry.key);
        List<Integer> members = sorted.stream().map(member -> member.first.number()).toList();
        lanes.add(new Lane.OfGroup(entry.key, nameOf(entry), members, open));
        if (open) {
            members.stream().filter(thread -> !pinned.contains(thread)).forEach(thread -> lanes.add(lane(thread, true)));
        }
    }

    private Lane lane(int thread, boolean nested) {
        return new Lane.OfThread(thread, nested, order.calls().getOrDefault(thread, 0));
    }

    private boolean spent(int thread, Spent wanted) {
        TimeRange life = times.lifetime(thread);
        long lived = Math.min(life.endNs(), range.endNs()) - Math.max(life.startNs(), range.startNs());
        long time = times.livedBetween(thread, range.startNs(), range.endNs())[wanted.state().code()];
        return time > 0 && time >= wanted.leastShare() * lived;
    }

    // ---- groups

    private Entry entry(ThreadInfo thread) {
        return new Entry(thread, List.of(), "", NumberedName.of(LaneLayout.nameOf(thread)), valueOf(thread.number()));
    }

    /** A group of one is that thread. */
    private List<Entry> grouped(List<Entry> threads) {
        if (order.grouping() == Grouping.NONE) {
            return threads;
        }
        ThreadRoles roles = new ThreadRoles(times);
        Map<String, List<Entry>> groups = new LinkedHashMap<>();
        for (Entry thread : threads) {
            String key = order.grouping() == Grouping.NAME ? patternOf(thread) : roles.of(thread.first.number());
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(thread);
        }
        List<Entry> out = new ArrayList<>();
        groups.forEach((key, members) -> out.add(members.size() == 1 ? members.getFirst() : group(key, members)));
        return out;
    }

    private static String patternOf(Entry thread) {
        NumberedName pattern = thread.name.pattern();
        return thread.first.name() == null ? NAMELESS : pattern.before() + (pattern.number() < 0 ? "" : "0") + pattern.after();
    }

    private static Entry group(String key, List<Entry> members) {
        long value = members.stream().mapToLong(Entry::value).filter(time -> time >= 0).sum();
        return new Entry(members.getFirst().first, members, key, NumberedName.of(key), value);
    }

    private String nameOf(Entry group) {
        NumberedName first = group.members.getFirst().name;
        if (order.grouping() == Grouping.ROLE || group.key.equals(NAMELESS) || first.number() < 0) {
            return group.key;
        }
        long least = group.members.stream().mapToLong(member -> member.name.number()).min().orElse(0);
        long most = group.members.stream().mapToLong(member -> member.name.number()).max().orElse(0);
        return first.before() + least + (most > least ? " … " + most : "") + first.after();
    }

    // ---- order

    private long valueOf(int thread) {
        Sorting by = order.sorting();
        return switch (by.by()) {
            case START, NAME -> 0;
            case CPU -> {
                CpuTimes.Used used = cpu.between(thread, range.startNs(), range.endNs());
                yield used == null ? -1 : used.cpuNs();
            }
            case STATE -> times.livedBetween(thread, range.startNs(), range.endNs())[by.state().code()];
        };
    }

    /** Sorting keeps what it does not tell apart in the order of the start. */
    private Comparator<Entry> inOrder() {
        return switch (order.sorting().by()) {
            case START -> (a, b) -> 0;
            case NAME -> Comparator.comparing(Entry::name);
            case CPU, STATE -> Comparator.comparingLong(Entry::value).reversed();
        };
    }
}
