package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.threadlens.session.Configuration.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Interpreters are shell scripts here, which answer as one would: what is there does not depend on the machine. */
@Timeout(60)
class InterpretersTest {
    @TempDir
    Path folder;

    private String answers(String name, String shell) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    @Test
    void twoBuildsMakeThreeConfigurations() throws Exception {
        String free = answers("free", "echo 3.14.7 1");
        String gil = answers("gil", "echo 3.14.2 0");
        Interpreters found = Interpreters.find(free, gil);
        assertThat(found.missing()).isEmpty();
        assertThat(found.note()).isNull();
        assertThat(found.configurations()).extracting(Configuration::kind).containsExactly(Kind.values());
        assertThat(found.configurations()).extracting(Configuration::version).containsExactly("3.14.2", "3.14.7", "3.14.7");
        assertThat(found.configurations().get(0).python()).containsExactly(gil);
        assertThat(found.configurations().get(1).python()).containsExactly(free, "-X", "gil=1");
        assertThat(found.configurations().get(2).python()).containsExactly(free);
    }

    @Test
    void anotherVersionIsTold() throws Exception {
        Interpreters found = Interpreters.find(answers("free", "echo 3.15.0rc1 1"), answers("gil", "echo 3.13.0 0"));
        assertThat(found.note()).contains("3.13.0").contains("3.15.0rc1").doesNotContain("\n");
    }

    @Test
    void oneThatWasNamedWrongIsAnError() throws Exception {
        String free = answers("free", "echo 3.14.7 1");
        String gil = answers("gil", "echo 3.14.7 0");
        assertRefused(gil, gil, gil + " is Python 3.14.7 with the GIL");
        assertRefused(free, free, free + " is Python 3.14.7 built free-threaded");
        assertRefused(free, answers("old", "echo 3.12.1 0"), "the first that can be recorded is 3.13");
        assertRefused(free, answers("two", "echo 2.7.18 0"), "the first that can be recorded is 3.13");
        assertRefused(free, folder.resolve("nothing").toString(), "there is no such program");
        assertRefused(free, folder.toString(), "there is no such program, or it may not be run");
        assertRefused(free, answers("other", "echo hello"), "is not a Python that runs");
        assertRefused(free, answers("long", "echo 99999999999.1 0"), "is not a Python that runs");
        assertRefused(free, answers("mute", "exit 3"), "is not a Python that runs");
        assertRefused(free, answers("large", "head -c 30000 /dev/zero"), "is not a Python that runs");
    }

    private static void assertRefused(String free, String gil, String why) {
        assertThatThrownBy(() -> Interpreters.find(free, gil)).isInstanceOf(IOException.class).hasMessageContaining(why);
    }
}
