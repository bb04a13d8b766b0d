package dev.upkeep.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of AWS as going into an instance of the stack {@code shop} asks. No emulator has endpoints of Instance Connect. A key that is sent is written to
 * a file, from which sshd reads it.
 */
final class InstanceConnectAws implements AutoCloseable {

    static final String INSTANCE = "i-0123456789abcdef0";

    private static final String STACK = """
        <DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>shop</StackName>
        <StackId>arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1</StackId><StackStatus>CREATE_COMPLETE</StackStatus>
        <CreationTime>2026-01-01T00:00:00Z</CreationTime>
        <Tags><member><Key>upkeep:stack</Key><Value>shop</Value></member></Tags>
        <Outputs><member><OutputKey>Group</OutputKey><OutputValue>shop-group</OutputValue></member></Outputs>
        </member></Stacks></DescribeStacksResult></DescribeStacksResponse>""";
    private static final String GROUP = """
        <DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups><member>
        <AutoScalingGroupName>shop-group</AutoScalingGroupName><DesiredCapacity>1</DesiredCapacity><Instances><member>
        <InstanceId>%s</InstanceId><AvailabilityZone>eu-west-1a</AvailabilityZone><LifecycleState>InService</LifecycleState>
        <HealthStatus>Healthy</HealthStatus></member></Instances></member></AutoScalingGroups>
        </DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>""".formatted(INSTANCE);
    private static final String FOUND = """
        <DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>%s</instanceId>
        <privateIpAddress>10.20.0.7</privateIpAddress><vpcId>vpc-1</vpcId></item></instancesSet></item></reservationSet>
        </DescribeInstancesResponse>""".formatted(INSTANCE);
    private static final String ENDPOINTS = """
        <DescribeInstanceConnectEndpointsResponse><instanceConnectEndpointSet><item>
        <instanceConnectEndpointId>eice-1</instanceConnectEndpointId><state>create-complete</state><dnsName>%s</dnsName>
        </item></instanceConnectEndpointSet></DescribeInstanceConnectEndpointsResponse>""";

    private static final Duration LATE = Duration.ofMinutes(2);

    private final String endpoint;
    private final Path believed;
    private final HttpServer server;
    private final List<String> users = new CopyOnWriteArrayList<>();
    private volatile String console = "";
    private volatile boolean isLate;

    InstanceConnectAws(String endpoint, Path believed) throws IOException {
        this.endpoint = endpoint;
        this.believed = believed;
        this.server = HttpServer.create(new InetSocketAddress(Loopback.four(1), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on the console says so. */
    void console(String text) {
        console = text;
    }

    /** From now on a key comes two minutes before it is used. */
    void sendKeysLate() {
        isLate = true;
    }

    /** For whom keys were sent. */
    List<String> users() {
        return List.copyOf(users);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            byte[] answer = (target == null ? xml(question) : sent(target, question)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.length == 0 ? 400 : 200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String xml(String question) {
        String action = question.replaceAll("(?s).*\\bAction=(\\w+).*", "$1");
        return switch (action) {
            case "DescribeStacks" -> STACK;
            case "DescribeAutoScalingGroups" -> GROUP;
            case "DescribeInstances" -> FOUND;
            case "DescribeInstanceConnectEndpoints" ->
                URLDecoder.decode(question, StandardCharsets.UTF_8).contains("vpc-1")
                        ? ENDPOINTS.formatted(endpoint)
                        : "";
            case "GetConsoleOutput" ->
                "<GetConsoleOutputResponse><output>"
                        + Base64.getEncoder().encodeToString(console.getBytes(StandardCharsets.UTF_8))
                        + "</output></GetConsoleOutputResponse>";
            default -> "";
        };
    }

    private String sent(String target, String question) {
        if (target.equals("AmazonSSM.GetParametersByPath")) {
            return "{\"Parameters\": []}";
        }
        if (target.equals("AmazonSSM.GetParameter")) {
            return "{\"Parameter\": {\"Value\": \"{\\\"version\\\": \\\"1.0.6\\\"}\"}}";
        }
        if (!target.equals("AWSEC2InstanceConnectService.SendSSHPublicKey")) {
            return "";
        }
        try {
            JsonNode key = new ObjectMapper().readTree(question);
            users.add(key.path("InstanceOSUser").asText());
            Files.writeString(believed, key.path("SSHPublicKey").asText() + "\n");
            if (isLate) {
                Files.setLastModifiedTime(believed, FileTime.from(Instant.now().minus(LATE)));
            }
            return "{\"RequestId\": \"1\", \"Success\": true}";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
