package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
    @TempDir
    Path folder;

    private static Script script(String... words) {
        return new Script(List.of(words));
    }

    @Test
    void aFileAModuleOrCodeIsRun() throws Exception {
        Path file = Files.createFile(folder.resolve("app.py"));
        for (Script good : List.of(
                script(file.toString(), "-m"),
                script("-X", "dev", "-u", file.toString()),
                script("-m", "json.tool", "x"),
                script("-W", "error", "-c", "pass"))) {
            assertThat(good.misuse()).as("%s", good).isNull();
            good.check();
        }
    }

    @Test
    void whatCannotBeRunIsToldBeforeAnythingIs() {
        for (Script bad : List.of(script(), script("-X"), script("-X", "dev"), script("-m"), script("-u"))) {
            assertThat(bad.misuse()).as("%s", bad).contains("say what to run");
        }
        for (String interpreter : List.of("python", "python3", "/usr/bin/python3.14t", "./venv/bin/python3.13", "pypy3")) {
            assertThat(script(interpreter, "app.py").misuse()).contains(interpreter).contains("--python");
        }
        assertThat(script("-X", "gil=0", "app.py").misuse()).contains("leave -X gil out");
        assertThat(script("-Xgil=1", "app.py").misuse()).contains("leave -X gil out");
        assertThat(script("app.py", "gil=0").misuse()).isNull();
        assertThatThrownBy(() -> script(folder.resolve("nothing.py").toString()).check()).isInstanceOf(IOException.class).hasMessageContaining("there is no script");
    }

    @Test
    void threadsAreFilledIn() {
        assertThat(script("a.py", "--threads={threads}", "{threads}/{threads}").withThreads(8)).containsExactly("a.py", "--threads=8", "8/8");
        assertThat(script("a.py", "{threads}").withThreads(null)).containsExactly("a.py", "{threads}");
    }

    @Test
    void itHasAShortName() {
        assertThat(script("-X", "dev", "some/app.py", "x").shortName()).isEqualTo("app");
        assertThat(script("-m", "json.tool").shortName()).isEqualTo("json.tool");
        assertThat(script("-c", "pass").shortName()).isEqualTo("python");
        assertThat(script().shortName()).isEqualTo("python");
    }
}
