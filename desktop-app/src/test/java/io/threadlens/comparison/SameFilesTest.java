package io.threadlens.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SameFilesTest {
    @Test
    void aPathThatBothHaveIsOneFile() {
        SameFiles same = SameFiles.of(List.of("/srv/app.py", "/srv/x/app.py"), List.of("/srv/app.py"));
        assertThat(same.inB("/srv/app.py")).isEqualTo("/srv/app.py");
        assertThat(same.inB("/srv/x/app.py")).as("taken already").isEqualTo("/srv/x/app.py");
        assertThat(same.inB(null)).isNull();
    }

    @Test
    void anotherCheckoutHasTheSameFiles() {
        SameFiles same = SameFiles.of(
                List.of("/home/a/before/app/main.py", "/home/a/before/app/util/text.py", "/home/a/before/app/net/text.py"),
                List.of("/ci/42/app/main.py", "/ci/42/app/net/text.py", "/ci/42/app/util/text.py"));
        assertThat(same.inB("/home/a/before/app/main.py")).isEqualTo("/ci/42/app/main.py");
        assertThat(same.inB("/home/a/before/app/util/text.py")).isEqualTo("/ci/42/app/util/text.py");
        assertThat(same.inB("/home/a/before/app/net/text.py")).isEqualTo("/ci/42/app/net/text.py");
    }

    @Test
    void anotherPythonHasTheSameLibrary() {
        SameFiles same = SameFiles.of(
                List.of("/opt/3.13/lib/python3.13/queue.py", "C:\\Python\\Lib\\json\\decoder.py"),
                List.of("/opt/3.14t/lib/python3.14t/queue.py", "/opt/3.14t/lib/python3.14t/site-packages/own/queue.py", "/opt/3.14t/lib/python3.14t/json/decoder.py"));
        assertThat(same.inB("/opt/3.13/lib/python3.13/queue.py")).isEqualTo("/opt/3.14t/lib/python3.14t/queue.py");
        assertThat(same.inB("C:\\Python\\Lib\\json\\decoder.py")).isEqualTo("/opt/3.14t/lib/python3.14t/json/decoder.py");
    }

    @Test
    void whatIsAsNearToTwoIsNeither() {
        SameFiles same = SameFiles.of(List.of("/a/text.py"), List.of("/b/one/text.py", "/b/two/text.py"));
        assertThat(same.inB("/a/text.py")).isEqualTo("/a/text.py");
    }

    @Test
    void whatIsInEveryPackageGoesByItsFolderToo() {
        SameFiles same = SameFiles.of(List.of("/a/json/__init__.py", "/a/xml/__init__.py"), List.of("/b/email/__init__.py", "/b/xml/__init__.py"));
        assertThat(same.inB("/a/json/__init__.py")).isEqualTo("/a/json/__init__.py");
        assertThat(same.inB("/a/xml/__init__.py")).isEqualTo("/b/xml/__init__.py");
    }

    @Test
    void pathsThatAreNoneDoNoHarm() {
        SameFiles same = SameFiles.of(List.of("", "/", "<string>", "///"), List.of("<frozen os>", "\\", ""));
        assertThat(same.inB("<string>")).isEqualTo("<string>");
        assertThat(same.inB("///")).isEqualTo("///");
    }
}
