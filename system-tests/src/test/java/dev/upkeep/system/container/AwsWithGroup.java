package dev.upkeep.system.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * An emulator of AWS whose only group has instances that really run. The groups of ministack have instances with names that it makes up, which are none of
 * EC2's; so this one question is answered here, and all others are passed on.
 */
final class AwsWithGroup implements AutoCloseable {
    private static final String GROUPS = """
        <DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups><member>
        <AutoScalingGroupName>shop-group</AutoScalingGroupName><DesiredCapacity>%d</DesiredCapacity><Instances>%s</Instances>
        </member></AutoScalingGroups></DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>\
        """;
    private static final String MEMBER =
            "<member><InstanceId>%s</InstanceId><AvailabilityZone>eu-west-1a</AvailabilityZone>"
                    + "<LifecycleState>InService</LifecycleState><HealthStatus>Healthy</HealthStatus></member>";

    /** By these an emulator knows what is asked, and of which service. */
    private static final Set<String> PASSED_ON = Set.of("Authorization", "Content-type", "X-amz-target", "X-amz-date");

    private final String behind;
    private final List<String> instances;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();

    AwsWithGroup(String behind, List<String> instances) throws IOException {
        this.behind = behind;
        this.instances = instances;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            if (new String(question, StandardCharsets.UTF_8).contains("Action=DescribeAutoScalingGroups")) {
                String members = instances.stream().map(MEMBER::formatted).collect(Collectors.joining());
                respond(
                        exchange,
                        200,
                        GROUPS.formatted(instances.size(), members).getBytes(StandardCharsets.UTF_8));
            } else {
                HttpResponse<byte[]> passedOn = passOn(exchange, question);
                respond(exchange, passedOn.statusCode(), passedOn.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] question)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(question));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (PASSED_ON.contains(name)) {
                request.header(name, values.get(0));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
