package io.threadlens.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;

/** Connects to an agent that waits for the app ({@code threadlens_agent serve}). */
public final class AgentClient {
    private static final int PATIENCE_MS = 5_000;

    private AgentClient() {}

    public static AgentConnection connect(InetSocketAddress address, String token) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            AgentConnection connection =
                    new AgentConnection(socket, token, Map.of("type", "join", "protocol", Protocol.VERSION, "token", token));
            socket.setSoTimeout(0);
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
