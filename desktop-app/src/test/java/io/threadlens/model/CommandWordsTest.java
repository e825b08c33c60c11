package io.threadlens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "python app.py | app.py | ''",
        "/usr/bin/python -u /srv/app.py 4 -v | app.py | 4 -v",
        "python -X gil=0 -W error app.py x | app.py | x",
        "python -m http.server 8000 | -m http.server | 8000",
        "python -c pass | -c pass | ''",
        "python | '' | ''",
        "python -m | '' | ''",
    })
    void theProgramIsBehindTheInterpretersOptions(String command, String program, String arguments) {
        CommandWords words = CommandWords.of(List.of(command.split(" ")));
        assertThat(words.program()).isEqualTo(program);
        assertThat(String.join(" ", words.arguments())).isEqualTo(arguments);
    }

    @org.junit.jupiter.api.Test
    void aCommandThatIsNotKnownHasNone() {
        assertThat(CommandWords.of(List.of()).program()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "python3.14t app.py 4 | app", "python -X gil=1 /srv/app.py | app", "python -m http.server | http.server", "python -c pass | python", "python | python",
    })
    void itIsCalledBy(String command, String name) {
        assertThat(CommandWords.of(List.of(command.split(" "))).shortName()).isEqualTo(name);
    }
}
