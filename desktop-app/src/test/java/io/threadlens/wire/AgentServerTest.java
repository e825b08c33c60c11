package io.threadlens.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AgentServerTest {
    private final List<String> refused = new CopyOnWriteArrayList<>();

    /** Says some bytes, closes its side, and returns what the server answered. */
    private static byte[] say(AgentServer server, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException e) {
            return new byte[0]; // cut off while we were still speaking
        }
    }

    @Test
    void whoeverCannotShowTheTokenIsCutOffAndAGoodAgentStillWorks() throws Exception {
        try (AgentServer server = new AgentServer(refused::add)) {
            byte[] wrongToken = say(server, new TestStream().greet("0".repeat(64)).batch().bytes());
            assertThat(new String(wrongToken, StandardCharsets.ISO_8859_1)).startsWith("TLSTREAM").contains("the token is wrong");
            Map<String, Object> future = TestStream.hello(server.token());
            future.put("protocol", 99);
            assertThat(new String(say(server, new TestStream().raw(Protocol.PREFACE).message(future).bytes()), StandardCharsets.ISO_8859_1))
                    .contains("version 99");
            assertThat(say(server, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII))).isEmpty();
            assertThat(say(server, new TestStream().raw(Protocol.PREFACE).raw((byte) -1, (byte) -1, (byte) -1, (byte) 127).bytes())).isEmpty();
            assertThat(say(server, new TestStream().raw(Protocol.PREFACE).raw((byte) 9, (byte) 0, (byte) 0, (byte) 0, (byte) 1).bytes())).isEmpty();
            assertThat(say(server, new byte[0])).isEmpty();
            assertThat(refused).as("all but the one that said nothing").hasSize(5).anyMatch(why -> why.contains("token")).anyMatch(why -> why.contains("TLSTREAM"));

            // One that says nothing is still connected while the good one comes.
            try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port());
                    Socket agent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                assertThat(silent.isConnected()).isTrue();
                agent.getOutputStream().write(new TestStream().greet(server.token()).batch().end("stopped").bytes());
                try (AgentConnection connection = server.await(Duration.ofSeconds(10))) {
                    connection.start();
                    assertThat(connection.next()).isInstanceOf(Batch.class);
                    assertThat(connection.next()).isInstanceOf(Message.Ended.class);
                }
                FrameReader answers = new FrameReader(agent.getInputStream());
                answers.readPreface();
                assertThat(Cbor.tree(answers.bytes(), answers.next()).path("type").asText()).isIn("start", "");
            }
        }
    }

    @Test
    void aSecondAgentIsTurnedAway() throws Exception {
        try (AgentServer server = new AgentServer(refused::add);
                Socket first = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            first.getOutputStream().write(new TestStream().greet(server.token()).bytes());
            try (AgentConnection connection = server.await(Duration.ofSeconds(10))) {
                assertThat(connection.hello().process().pid()).isEqualTo(42);
                String answer = new String(say(server, new TestStream().greet(server.token()).bytes()), StandardCharsets.ISO_8859_1);
                assertThat(answer).contains("refuse").contains("another agent");
            }
        }
    }

    @Test
    void waitingEndsWhenItIsGivenUp() throws Exception {
        try (AgentServer server = new AgentServer(refused::add)) {
            server.giveUp("the agent is gone");
            assertThatExceptionOfType(WireException.class)
                    .isThrownBy(() -> server.await(Duration.ofSeconds(10)))
                    .withMessage("the agent is gone");
        }
    }

    @Test
    void theAppJoinsAnAgentThatServes() throws Exception {
        String token = "ab".repeat(32);
        try (ServerSocket serving = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> joined = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = serving.accept()) {
                    FrameReader app = new FrameReader(socket.getInputStream());
                    app.readPreface();
                    int length = app.next();
                    String shown = Cbor.tree(app.bytes(), length).path("token").asText();
                    socket.getOutputStream().write(new TestStream().greet(token).end("exited").bytes());
                    app.next();
                    return shown;
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (AgentConnection connection = AgentClient.connect((InetSocketAddress) serving.getLocalSocketAddress(), token)) {
                connection.start();
                assertThat(connection.next()).isInstanceOf(Message.Ended.class);
            }
            assertThat(joined.get()).isEqualTo(token);
        }
    }

    @Test
    void controlMessagesAreOfDefiniteLength() throws IOException {
        byte[] mark = MessageEncoder.message(Map.of("type", "mark"));
        assertThat(mark[4]).isEqualTo((byte) 0xa1);
        FrameReader reader = new FrameReader(new ByteArrayInputStream(mark));
        assertThat(reader.next()).isEqualTo(mark.length - 4);
    }
}
