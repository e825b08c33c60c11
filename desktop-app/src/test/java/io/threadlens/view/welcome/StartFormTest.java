package io.threadlens.view.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartFormTest {
    @Test
    void wordsAreSplitAtBlanksOutsideQuotes() {
        assertThat(StartForm.words("")).isEmpty();
        assertThat(StartForm.words("  app.py  --port 80 ")).containsExactly("app.py", "--port", "80");
        assertThat(StartForm.words("--name 'two words' \"a 'b'\" x\"y z\"")).containsExactly("--name", "two words", "a 'b'", "xy z");
        assertThat(StartForm.words("''")).containsExactly("");
    }
}
