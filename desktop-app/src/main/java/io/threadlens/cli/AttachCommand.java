package io.threadlens.cli;

import io.threadlens.view.DesktopApp;
import io.threadlens.view.DesktopApp.Begin;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attach}: the app on a running program, or at the list of them. */
@Command(name = "attach", description = "Opens the app on a running program, or at the list of them.", mixinStandardHelpOptions = true)
final class AttachCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PID", arity = "0..1", description = "the process; without it the app asks")
    private @Nullable Integer pid;

    @Override
    public Integer call() throws IOException {
        if (pid != null && pid <= 0) {
            throw new ParameterException(spec.commandLine(), pid + " is not a process id");
        }
        DesktopApp.run(pid == null ? new Begin.Welcome() : new Begin.Attach(pid));
        return 0;
    }
}
