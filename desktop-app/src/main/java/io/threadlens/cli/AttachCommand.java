package io.threadlens.cli;

import io.threadlens.session.LiveSession;
import io.threadlens.session.UserFolders;
import io.threadlens.view.DesktopApp;
import io.threadlens.view.DesktopApp.Begin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attach}: the app on a running program, at an agent that waits for it, or at the list of processes. */
@Command(name = "attach", description = "Opens the app on a running program, or at the list of them.", mixinStandardHelpOptions = true)
final class AttachCommand implements Callable<Integer> {
    private static final String TOKEN = "THREADLENS_TOKEN";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PID|HOST:PORT",
            arity = "0..1",
            description = {
                "the process; without it the app asks.",
                "HOST:PORT: an agent that waits there (threadlens-agent serve), its token in " + TOKEN
            })
    private @Nullable String what;

    @Override
    public Integer call() throws IOException {
        DesktopApp.run(what == null ? new Begin.Welcome() : what.contains(":") ? follow(what) : new Begin.Attach(pid(what)));
        return 0;
    }

    private int pid(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw wrong(text + " is neither a process id nor HOST:PORT");
        }
        return Integer.parseInt(text);
    }

    private Begin follow(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
            throw wrong(port + " is not a port");
        }
        String token = System.getenv(TOKEN);
        if (token == null) {
            throw wrong("the token that the agent printed must be in the environment variable " + TOKEN);
        }
        InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), Integer.parseInt(port));
        return new Begin.Follow(LiveSession.join(address, token, UserFolders.newRecording("remote"), changed -> {}));
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
