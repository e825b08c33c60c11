package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds inversions of the order in which locks are taken: circles in which different threads take each lock while they hold the one before. Where
 * they all hold one and the same further lock meanwhile, taken before the others, they cannot meet, and there is no danger.
 */
public final class LockOrder {
    /** Longer circles are rare, and cost much to look for. */
    private static final int LONGEST = 6;
    /** Tries before it gives up looking among very many locks. */
    private static final int MOST_TRIES = 200_000;

    /** One lock taken while another was held, as one thread did it. */
    private record Taken(int thread, int held, int heldStack, int taken, int takenStack, Set<Integer> gates) {}

    /** {@code place} of a lock that is waited for: behind all that are held. */
    private record Item(int lock, int from, int to, int stack, int place, boolean certainPlace) {
        static final int WAITED_FOR = Integer.MAX_VALUE;
    }

    private final Map<Taken, Long> ticksOf = new HashMap<>();
    private final Map<Integer, Map<Integer, List<Taken>>> graph = new HashMap<>();
    private final List<Inversion> found = new ArrayList<>();
    private final Set<Integer> inShorter = new HashSet<>();
    private int tries;

    private LockOrder() {}

    /** The inversions of a recording, the shortest circles first. */
    public static List<Inversion> of(Recording recording) {
        LockOrder order = new LockOrder();
        itemsByThread(recording).forEach(order::read);
        for (Taken taken : order.ticksOf.keySet()) {
            order.graph.computeIfAbsent(taken.held, lock -> new HashMap<>()).computeIfAbsent(taken.taken, lock -> new ArrayList<>()).add(taken);
        }
        for (int length = 2; length <= LONGEST; length++) {
            order.findCircles(length);
        }
        return order.found;
    }

    private static Map<Integer, List<Item>> itemsByThread(Recording recording) {
        TickAxis axis = TickAxis.of(recording);
        Map<Integer, List<Item>> items = new HashMap<>();
        List<Recording.Wait> waits = recording.waits();
        List<Recording.Hold> holds = recording.holds();
        List<Recording.Lock> locks = recording.locks();
        for (Recording.Hold hold : holds) {
            if (LockNames.isAcquired(locks.get(hold.lock()).kind())) {
                Item item = new Item(
                        hold.lock(), axis.from(hold.start()), axis.from(hold.end()), hold.takenAt(), hold.place(), hold.how() == Confidence.WITH);
                items.computeIfAbsent(hold.thread(), thread -> new ArrayList<>()).add(item);
            }
        }
        for (Recording.Wait wait : waits) {
            // Who holds nothing when it waits takes nothing in an order.
            if (items.containsKey(wait.thread()) && LockNames.isAcquired(locks.get(wait.lock()).kind())) {
                Item item = new Item(wait.lock(), axis.from(wait.start()), axis.from(wait.end()), wait.stack(), Item.WAITED_FOR, true);
                items.get(wait.thread()).add(item);
            }
        }
        return items;
    }

    /** Pairs what a thread held and waited for at the same ticks. */
    private void read(int thread, List<Item> items) {
        items.sort(Comparator.comparingInt(Item::from).thenComparingInt(Item::place));
        List<Item> active = new ArrayList<>();
        for (Item item : items) {
            active.removeIf(other -> other.to <= item.from);
            if (item.from < item.to) {
                for (Item other : active) {
                    pair(thread, other, item, active);
                }
                active.add(item);
            }
        }
    }

    private void pair(int thread, Item a, Item b, List<Item> active) {
        Item first = a.place <= b.place ? a : b;
        Item second = first == a ? b : a;
        boolean ordered = first.place < second.place && (second.place == Item.WAITED_FOR || first.certainPlace && second.certainPlace);
        if (!ordered || first.lock == second.lock || active.stream().anyMatch(x -> x.lock == second.lock && x.place < first.place)) {
            return;
        }
        Set<Integer> gates = new TreeSet<>();
        for (Item other : active) {
            if (other.place < first.place && other.lock != first.lock && other.lock != second.lock) {
                gates.add(other.lock);
            }
        }
        long ticks = Math.min(a.to, b.to) - b.from;
        ticksOf.merge(new Taken(thread, first.lock, first.stack, second.lock, second.stack, gates), ticks, Long::sum);
    }

    private void findCircles(int length) {
        Set<Integer> inThis = new HashSet<>();
        for (int lock : graph.keySet().stream().sorted().toList()) {
            if (!inShorter.contains(lock)) {
                extend(new ArrayList<>(List.of(lock)), length, inThis);
            }
        }
        inShorter.addAll(inThis);
    }

    /** Goes on from lock to lock; a circle is found from its lock with the lowest number. */
    private void extend(List<Integer> path, int length, Set<Integer> inThis) {
        for (int next : graph.getOrDefault(path.getLast(), Map.of()).keySet()) {
            if (tries++ > MOST_TRIES) {
                return;
            }
            if (path.size() == length && next == path.getFirst()) {
                Inversion inversion = choose(path, new ArrayList<>());
                if (inversion != null) {
                    found.add(inversion);
                    inThis.addAll(path);
                }
            } else if (path.size() < length && next > path.getFirst() && !path.contains(next) && !inShorter.contains(next)) {
                path.add(next);
                extend(path, length, inThis);
                path.removeLast();
            }
        }
    }

    /** One way of each step such that the threads differ and share no gate, those seen most often first; null where there is none. */
    private @Nullable Inversion choose(List<Integer> path, List<Taken> chosen) {
        if (chosen.size() == path.size()) {
            return inversion(chosen);
        }
        int held = path.get(chosen.size());
        int taken = path.get((chosen.size() + 1) % path.size());
        List<Taken> ways = new ArrayList<>(graph.getOrDefault(held, Map.of()).getOrDefault(taken, List.of()));
        ways.sort(Comparator.comparing((Taken way) -> -ticksOf.getOrDefault(way, 0L)).thenComparingInt(Taken::thread));
        for (Taken way : ways) {
            if (tries++ < MOST_TRIES && chosen.stream().allMatch(other -> canMeet(other, way))) {
                chosen.add(way);
                Inversion inversion = choose(path, chosen);
                if (inversion != null) {
                    return inversion;
                }
                chosen.removeLast();
            }
        }
        return null;
    }

    private static boolean canMeet(Taken a, Taken b) {
        return a.thread != b.thread && a.gates.stream().noneMatch(b.gates::contains);
    }

    private Inversion inversion(List<Taken> chosen) {
        return new Inversion(
                chosen.stream().map(way -> new Inversion.Step(way.thread, way.held, way.heldStack, way.taken, way.takenStack)).toList(),
                chosen.stream().mapToLong(way -> ticksOf.getOrDefault(way, 0L)).min().orElse(0));
    }
}
