package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.PlanFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved plan of a stack on AWS is done where it was made, whatever the surroundings say by then. */
class PlatformsTest {

    private static final Map<String, String> SURROUNDINGS = Map.of(
            "aws.accessKeyId", "AKIDEXAMPLE",
            "aws.secretAccessKey", "not-a-key",
            "aws.region", "us-east-1",
            "aws.maxAttempts", "1");

    private static final String ENDPOINT = "aws.endpointUrl";

    @TempDir
    private Path folder;

    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private final List<String> looks = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::asAws);
        server.createContext("/served/", exchange -> {
            looks.add(exchange.getRequestURI().getPath());
            answer(exchange, 200, "1.0.6");
        });
        server.start();
        SURROUNDINGS.forEach(System::setProperty);
        System.setProperty(ENDPOINT, address("/"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        SURROUNDINGS.keySet().forEach(System::clearProperty);
        System.clearProperty(ENDPOINT);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A stack that stands and of which the load balancer cannot be reached from here. */
    private void asAws(HttpExchange exchange) throws IOException {
        signatures.add(exchange.getRequestHeaders().getFirst("Authorization"));
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean isFormation = sent.contains("Action=DescribeStacks");
        answer(
                exchange,
                200,
                isFormation ? stack() : "{\"Parameter\": {\"Value\": \"{\\\"version\\\": \\\"1.0.6\\\"}\"}}");
    }

    private static String stack() {
        return "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>shop</StackName>"
                + "<StackId>arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1</StackId>"
                + "<CreationTime>2026-11-27T09:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>"
                + "<Outputs><member><OutputKey>Url</OutputKey><OutputValue>http://127.0.0.1:1</OutputValue></member></Outputs>"
                + "<Tags><member><Key>upkeep:stack</Key><Value>shop</Value></member></Tags>"
                + "</member></Stacks></DescribeStacksResult></DescribeStacksResponse>";
    }

    private Platform openSaved(Plan plan) {
        Path file = folder.resolve("change.plan");
        PlanFile.write(plan, file);
        Terminal nobody =
                Terminal.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Map.of(), folder);
        return Platforms.open(PlanFile.read(file), nobody);
    }

    private static Plan destroy() {
        return Plans.empty().madeIn("eu-west-1");
    }

    @Test
    void aSavedPlanToDestroyIsDoneInTheRegionThatItWasMadeIn() throws InterruptedException {
        try (Platform platform = openSaved(destroy())) {
            platform.unserved(Plans.SHOP);
        }

        assertThat(signatures)
                .isNotEmpty()
                .allSatisfy(signature -> assertThat(signature).contains("/eu-west-1/"));
    }

    @Test
    void usersAreAskedForWhereTheFileOfASavedPlanSaid() throws InterruptedException {
        URI url = URI.create(address("/served/version.txt"));

        try (Platform platform = openSaved(destroy().askedAt(Optional.of(url)))) {
            platform.unserved(Plans.SHOP);
        }

        assertThat(looks).contains("/served/version.txt");
    }
}
