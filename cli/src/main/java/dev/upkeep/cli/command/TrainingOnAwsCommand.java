package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The training run of a start-up archive for stacks on AWS: makes plans, so that the classes that they load come into it (docs/start-up.md). The AWS that it
 * asks is a thread of its own, on loopback, that knows of no stack.
 */
final class TrainingOnAwsCommand implements Command {

    private static final String SPEC = """
            stack: training
            platform: aws
            region: eu-west-1
            shape: highly-available
            version: 1.0.6
            site: ./site
            app: { image: "registry.example.org/app:1", port: 8080 }
            aws: { image: ami-0123456789abcdef0 }
            """;

    /** What the SDK calls them. */
    private static final Map<String, String> SETTINGS =
            Map.of("aws.accessKeyId", "nobody", "aws.secretAccessKey", "nothing", "aws.maxAttempts", "1");

    private static final String ENDPOINT = "aws.endpointUrl";

    private static final String CHANGE_SET =
            "<Id>arn:aws:cloudformation:eu-west-1:1:changeSet/a/1</Id><StackId>arn:aws:cloudformation:eu-west-1:1:stack/training/1</StackId>";

    private static final String CHANGES =
            "<Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus><Changes><member><Type>Resource</Type>"
                    + "<ResourceChange><Action>Add</Action><LogicalResourceId>Vpc</LogicalResourceId><ResourceType>AWS::EC2::VPC</ResourceType>"
                    + "</ResourceChange></member></Changes>";

    /** What it answers by the action. All else is answered with nothing. */
    private static final Map<String, String> RESULTS = Map.of(
            "GetCallerIdentity",
            "<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/me</Arn>",
            "CreateChangeSet",
            CHANGE_SET,
            "DescribeChangeSet",
            CHANGE_SET + CHANGES,
            "DescribeLogGroups",
            "{\"logGroups\": []}");

    /** What it refuses, and how. */
    private static final Map<String, String> REFUSALS = Map.of(
            "DescribeStacks",
            "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>",
            "GetParameter",
            "{\"__type\": \"ParameterNotFound\"}",
            "DescribeRepositories",
            "{\"__type\": \"RepositoryNotFoundException\"}");

    private static final Pattern ACTION = Pattern.compile(
            "(?:^|&)Action=(\\w+)|^x-amz-target: *\\S+\\.(\\w+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final Pattern LENGTH =
            Pattern.compile("^content-length: *(\\d+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final Terminal terminal;
    private final BiConsumer<Terminal, String[]> upkeep;

    TrainingOnAwsCommand(Terminal terminal, BiConsumer<Terminal, String[]> upkeep) {
        this.terminal = terminal;
        this.upkeep = upkeep;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("train-aws", this)
                .about("Loads what a plan of a stack on AWS needs, for making a start-up archive.")
                .hidden();
    }

    @Override
    public Integer call() {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> serve(server), "upkeep-training");
            serving.setDaemon(true);
            serving.start();
            SETTINGS.forEach(System::setProperty);
            System.setProperty(ENDPOINT, "http://127.0.0.1:" + server.getLocalPort());
            Path folder = Files.createTempDirectory("upkeep-training-");
            Path file = folder.resolve("upkeep.yaml");
            Path site = folder.resolve("site");
            Path page = site.resolve("index.html");
            try {
                Files.writeString(file, SPEC);
                Files.createDirectory(site);
                Files.writeString(page, "hello");
                TrainingRunCommand.run(terminal, upkeep, "plan", "--file", file.toString());
                TrainingRunCommand.run(terminal, upkeep, "plan", "--file", file.toString(), "--output", "json");
                TrainingRunCommand.run(terminal, upkeep, "status", "--file", file.toString());
            } finally {
                for (Path each : List.of(page, site, file, folder)) {
                    Files.deleteIfExists(each);
                }
                SETTINGS.keySet().forEach(System::clearProperty);
                System.clearProperty(ENDPOINT);
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new UncheckedIOException("listening on loopback, or writing temporary files, failed", e);
        }
    }

    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                String request = read(new BufferedInputStream(connection.getInputStream()));
                connection.getOutputStream().write(answer(request).getBytes(StandardCharsets.UTF_8));
            } catch (IOException closed) {
                // Either the server, and the loop ends, or one connection that nobody used.
            }
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        Matcher length = LENGTH.matcher(head);
        return head
                + (length.find()
                        ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                        : "");
    }

    private static String answer(String request) {
        Matcher found = ACTION.matcher(request);
        String action = found.find() ? (found.group(1) == null ? found.group(2) : found.group(1)) : "";
        boolean isJson = request.toLowerCase(Locale.ROOT).contains("x-amz-target");
        String refusal = REFUSALS.getOrDefault(action, "");
        String result = RESULTS.getOrDefault(action, isJson ? "{}" : "");
        String whole = isJson
                ? result
                : "<%1$sResponse><%1$sResult>%2$s</%1$sResult></%1$sResponse>".formatted(action, result);
        String body = refusal.isEmpty() ? whole : refusal;
        return "HTTP/1.1 %s\r\nContent-Type: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(
                        refusal.isEmpty() ? "200 OK" : "400 Bad Request",
                        isJson ? "application/x-amz-json-1.1" : "text/xml",
                        body.length(),
                        body);
    }
}
