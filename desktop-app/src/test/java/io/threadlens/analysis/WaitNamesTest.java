package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Frame;
import io.threadlens.recording.MemoryRecording;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitNamesTest {
    private static final String LIB = "/opt/python/lib/python3.14t/";

    /** Calls as {@code module:function}, root first; {@code app:…} is the program's own. */
    private static List<Frame> calls(String text) {
        List<Frame> calls = new ArrayList<>();
        for (String call : text.isEmpty() ? new String[0] : text.split(" ")) {
            String module = call.substring(0, call.indexOf(':'));
            String file = module.equals("app") ? "/home/me/app.py" : LIB + module + ".py";
            calls.add(new Frame(call.substring(call.indexOf(':') + 1), file, 1, 2));
        }
        return calls;
    }

    @ParameterizedTest
    @CsvSource({
        "condition, app:main threading:Condition.wait, Condition.wait",
        "condition, app:main threading:Condition.wait_for threading:Condition.wait, Condition.wait_for",
        "condition, app:main threading:Event.wait threading:Condition.wait, Event.wait",
        "condition, threading:Thread._bootstrap threading:Thread._bootstrap_inner threading:Thread.run threading:Event.wait "
                + "threading:Condition.wait, Event.wait",
        "condition, app:main queue:Queue.get threading:Condition.wait, Queue.get",
        "condition, app:main queue:Queue.put threading:Condition.wait, Queue.put",
        "semaphore, app:main threading:Semaphore.acquire threading:Condition.wait, Semaphore.acquire",
        "condition, app:main threading:Barrier.wait threading:Barrier._wait threading:Condition.wait_for threading:Condition.wait, Barrier.wait",
        "condition, app:main concurrent/futures/_base:Future.result threading:Condition.wait, Future.result",
        "join, app:main threading:Thread.join, Thread.join",
        "join, app:main, Thread.join",
        "queue, threading:Thread._bootstrap threading:Thread.run concurrent/futures/thread:_worker, executor idle",
        "queue, app:main, SimpleQueue.get",
        "native-signal, app:main, native code",
        "condition, app:main app:Condition.wait, Condition.wait",
    })
    void theNameIsTheCallThatAPersonMade(String kind, String stack, String expected) {
        assertThat(WaitNames.of(kind, calls(stack))).isEqualTo(expected);
    }

    @Test
    void withoutAStackTheKindIsAllThatIsKnown() {
        assertThat(WaitNames.of("condition", List.of())).isEqualTo("Condition.wait");
    }

    @Test
    void waitsAreSummedUpByName() {
        MemoryRecording recording = new MemoryRecording(1000).ticks(100);
        int a = recording.thread("A");
        int b = recording.thread("B");
        int get = recording.stack(recording.stack(-1, "main", "app.py", 1), "Queue.get", LIB + "queue.py", 5);
        int condition = recording.lock("condition", null, null);
        int lock = recording.lock("lock", null, null);
        long start = MemoryRecording.START_NS;
        recording.wait(a, start, start + 40_000_000, condition, get);
        recording.wait(b, start, start + 20_000_000, condition, get);
        recording.wait(a, start + 50_000_000, start + 60_000_000, condition, get);
        recording.wait(b, start + 50_000_000, start + 60_000_000, lock, get);
        assertThat(SignalWaits.of(recording)).containsExactly(new SignalWaits("Queue.get", 0.070, 3, 2));
    }
}
