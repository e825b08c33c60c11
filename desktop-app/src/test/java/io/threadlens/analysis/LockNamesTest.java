package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.recording.Recording.Lock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "lock", "rlock", "semaphore", "critical-section", "interpreter-lock", "internal-lock", "native-lock", "gil", "pause", "pause-request",
        "condition", "queue", "join", "native-signal"
    })
    void aWaitHasAClassWhereItIsContention(String kind) {
        assertThat(LockNames.classOf(kind) != null).isEqualTo(new Lock(0, kind, null, null).isContention());
    }
}
