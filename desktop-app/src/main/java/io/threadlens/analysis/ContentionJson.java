package io.threadlens.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The parts of {@code threadlens-report/1} that are about locks. A {@code thread} is a native id, as in {@code threads}. */
final class ContentionJson {
    private ContentionJson() {}

    static void write(ObjectNode node, LockContention lock, ReportThreads names) {
        node.put("kind", lock.kind().label());
        node.put("type", lock.type());
        node.put("label", lock.label());
        node.put("waitSeconds", lock.waitSeconds());
        node.put("waits", lock.waits());
        node.put("longestSeconds", lock.longestSeconds());
        node.put("confidence", lock.confidence());
        ArrayNode waiters = node.putArray("waiters");
        LockLines.waiters(lock).forEach(line -> line(waiters.addObject(), line, names));
        ArrayNode holders = node.putArray("holders");
        LockLines.holders(lock).forEach(line -> line(holders.addObject(), line, names).put("confidence", line.confidence()).put("inferred", line.inferred()));
        node.put("spinSeconds", lock.spinSeconds());
    }

    private static ObjectNode line(ObjectNode node, LockLines.Line line, ReportThreads names) {
        node.put("thread", names.tid(line.thread()));
        node.put("name", names.name(line.thread()));
        ReportJson.place(node, line.place());
        return node.put("seconds", line.seconds());
    }

    static void write(ObjectNode node, Deadlock deadlock, ReportThreads names) {
        ArrayNode threads = node.putArray("threads");
        deadlock.links().forEach(link -> threads.add(names.tid(link.waiter())));
        ArrayNode locks = node.putArray("locks");
        deadlock.links().forEach(link -> locks.add(link.label()));
        node.put("seconds", deadlock.seconds());
        ArrayNode links = node.putArray("links");
        for (Deadlock.Link link : deadlock.links()) {
            ObjectNode one = links.addObject();
            one.put("waiter", names.tid(link.waiter())).put("holder", names.tid(link.holder())).put("lock", link.label());
            ReportJson.place(one.putObject("waits"), link.waitPlace());
            ReportJson.place(one.putObject("holds"), link.holdPlace());
        }
    }

    /** Who waited for whom. */
    static void write(ArrayNode node, List<WaitMatrix.Cell> matrix, ReportThreads names) {
        matrix.forEach(cell -> node.addObject()
                .put("waiter", names.tid(cell.waiter()))
                .put("holder", names.tid(cell.holder()))
                .put("seconds", cell.seconds()));
    }
}
