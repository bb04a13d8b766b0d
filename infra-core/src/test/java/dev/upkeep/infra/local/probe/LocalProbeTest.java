package dev.upkeep.infra.local.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalProbeTest {

    private static Answer answerTo(String reply) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> {
                try (Socket connection = server.accept()) {
                    connection.getInputStream().read();
                    connection.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
                    connection.shutdownOutput();
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Answer answer = new LocalProbe().ask(server.getLocalPort(), "/", Duration.ofSeconds(10));
            answering.join();
            return answer;
        }
    }

    @Test
    void readsStatusAndBody() throws IOException {
        assertThat(answerTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1.0.6"))
                .isEqualTo(new Answer(200, "1.0.6", "", false));
        assertThat(answerTo("HTTP/1.0 503 Not now\n\ngone \u00fc"))
                .isEqualTo(new Answer(503, "gone \u00fc", "", false));
        assertThat(answerTo("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo(new Answer(204, "", "", false));
        assertThat(answerTo("HTTP/1.1 200 OK\r\n\r\n" + "a".repeat(100_000)).body())
                .hasSize(512);
    }

    @Test
    void tellsWhatIsNoAnswer() throws IOException {
        assertThat(answerTo("SSH-2.0-OpenSSH\r\n").problem()).isEqualTo("answered something that is not HTTP");
        assertThat(answerTo("").problem()).isEqualTo("closed the connection without an answer");
    }

    /** Node and others may keep the connection although they were asked to close it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            })
    void doesNotWaitForAServerThatKeepsTheConnection(String reply) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> {
                try (Socket connection = server.accept()) {
                    connection.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            Answer answer = new LocalProbe().ask(server.getLocalPort(), "/healthz", Duration.ofSeconds(20));

            assertThat(answer.problem()).isEmpty();
            assertThat(answer.status()).isBetween(200, 204);
            answering.join();
        }
    }

    private static void drip(ServerSocket server, String begin) {
        try (Socket connection = server.accept()) {
            OutputStream out = connection.getOutputStream();
            out.write(begin.getBytes(StandardCharsets.US_ASCII));
            for (int turn = 0; turn < 200; turn++) {
                out.write('a');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException hungUp) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
            })
    void takesAnAnswerThatComesDropByDropForHung(String begin) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> drip(server, begin));
            long before = System.nanoTime();

            Answer answer = new LocalProbe().ask(server.getLocalPort(), "/healthz", Duration.ofMillis(300));

            assertThat(answer).isEqualTo(new Answer(0, "", "no answer within 300 ms", true));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            dripping.join();
        }
    }
}
