package io.threadlens.view.welcome;

import atlantafx.base.theme.Styles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Which program to start and record: interpreter, script, arguments. */
public final class StartForm extends GridPane {
    private final TextField python = new TextField();
    private final TextField script = new TextField();
    private final TextField arguments = new TextField();
    private final Label problem = new Label();
    private final Button start = new Button("Start and record");
    private final Consumer<List<String>> onStart;

    /** @param onStart told the command, the interpreter first */
    public StartForm(String defaultPython, Consumer<List<String>> onStart) {
        this.onStart = onStart;
        getStyleClass().add("start-form");
        setHgap(12);
        setVgap(10);
        python.setId("start-python");
        script.setId("start-script");
        arguments.setId("start-arguments");
        start.setId("start-run");
        python.setText(defaultPython);
        python.setPromptText("python3.14t");
        script.setPromptText("app.py, or -m package.module");
        arguments.setPromptText("none");
        start.getStyleClass().add(Styles.ACCENT);
        start.setOnAction(e -> start());
        script.setOnAction(e -> start());
        arguments.setOnAction(e -> start());
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        ColumnConstraints names = new ColumnConstraints();
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        getColumnConstraints().addAll(names, fields);
        addRow(0, new Label("Python"), python);
        addRow(1, new Label("Program"), script);
        addRow(2, new Label("Arguments"), arguments);
        HBox bottom = new HBox(12, start, problem);
        bottom.setAlignment(Pos.CENTER_LEFT);
        add(bottom, 1, 3);
    }

    private void start() {
        List<String> program = words(script.getText());
        if (program.isEmpty()) {
            problem.setText("Say which program to start.");
            script.requestFocus();
            return;
        }
        String interpreter = python.getText().strip();
        if (interpreter.isEmpty()) {
            problem.setText("Say which Python to start it with.");
            python.requestFocus();
            return;
        }
        if (!program.getFirst().startsWith("-") && !Files.isRegularFile(Path.of(program.getFirst()))) {
            problem.setText("There is no file " + Path.of(program.getFirst()).toAbsolutePath() + ".");
            script.requestFocus();
            return;
        }
        problem.setText("");
        List<String> command = new ArrayList<>();
        command.add(interpreter);
        command.addAll(program);
        command.addAll(words(arguments.getText()));
        onStart.accept(command);
    }

    /** Words between blanks; quotes keep blanks together. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
