package dev.upkeep.system.container;

import dev.upkeep.system.AwsEmulator;
import dev.upkeep.system.Daemon;
import dev.upkeep.system.DockerRegistry;
import dev.upkeep.system.Ports;
import dev.upkeep.system.command.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What a machine of EC2 finds around it: the API of AWS and the metadata of the instance, as an emulator has them, and a registry with
 * the name and the login of ECR. They are in the network of a container, which all machines share, one after another.
 */
final class Ec2Surroundings implements AutoCloseable {
    static final String REGION = "eu-west-1";
    static final String REGISTRY = "123456789012.dkr.ecr." + REGION + ".amazonaws.com:5000";

    /** What the emulator gives as token for a registry. */
    static final String TOKEN = "ministack-auth-token";

    private static final String HOLDER = "upkeep-system-tests-ec2-network";
    private static final int AWS_PORT = 4566;
    private static final String AWS = "http://127.0.0.1:" + AWS_PORT;
    private static final String REGISTRY_CONFIGURATION = """
            version: 0.1
            storage: { filesystem: { rootdirectory: %s } }
            http: { addr: 127.0.0.1:5000 }
            auth: { htpasswd: { realm: test, path: %s } }
            """;
    private static final String PASSWORDS = "AWS:$2b$05$abcdefghijklmnopqrstuuFFQ5DfMj2V4Jq9Io6PVWpPfmII0G5FG\n";

    private final DockerEngine engine;
    private final Path folder;
    private final String image;
    private final DockerRegistry open;
    private final int port = Ports.free();
    private final Deque<Daemon> running = new ArrayDeque<>();
    private Daemon registry;

    Ec2Surroundings(DockerEngine engine, Path folder) throws IOException {
        this.engine = engine;
        this.folder = folder;
        this.image = Ec2Image.in(engine);
        this.open = DockerRegistry.open(Files.createDirectory(folder.resolve("registry")));
        hold();
        startRegistry();
        running.push(start(
                "aws", AwsEmulator.ministackCommand(Files.createDirectory(folder.resolve("aws")), AWS_PORT), AWS));
    }

    /** The container whose network it is. */
    private void hold() {
        engine.docker(
                        "run",
                        "--detach",
                        "--name=" + HOLDER,
                        "--label=dev.upkeep.stack=boot",
                        "--network=" + DockerEngine.NETWORK,
                        "--publish=127.0.0.1:" + port + ":80",
                        "--sysctl=net.ipv4.ip_forward=1",
                        "--add-host=" + REGISTRY.substring(0, REGISTRY.indexOf(':')) + ":127.0.0.1",
                        "--stop-signal=KILL",
                        image,
                        "sleep",
                        "infinity")
                .with(0);
    }

    /** From then on, no machine finds it. */
    void stopRegistry() {
        registry.close();
    }

    /** Starts it again. */
    void startRegistry() throws IOException {
        Path passwords = Files.writeString(folder.resolve("passwords"), PASSWORDS);
        Path configuration = Files.writeString(
                folder.resolve("registry.yml"),
                REGISTRY_CONFIGURATION.formatted(folder.resolve("registry/data"), passwords));
        registry = start(
                "registry", List.of("docker-registry", "serve", configuration.toString()), "http://127.0.0.1:5000");
    }

    /** Starts a program of this machine in that network. */
    private Daemon start(String name, List<String> program, String url) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("nsenter", "--net=/proc/" + engine.inspect(HOLDER, "{{.State.Pid}}") + "/ns/net"));
        command.addAll(program);
        Path output = Files.createTempDirectory(folder, name + ".out");
        return Daemon.start(output, command)
                .awaitReady(() -> engine.docker("exec", HOLDER, "curl", "--silent", "--output", "/dev/null", url)
                                .code()
                        == 0);
    }

    /** Where the machine's port 80 is reached on this one. */
    int port() {
        return port;
    }

    /** Sends an image to the registry, and returns its name there, with the digest. */
    String push(String built, String name) {
        String there = open.address() + "/" + name;
        engine.docker("tag", built, there).with(0);
        engine.docker("push", "--quiet", there).with(0);
        String digest = engine.inspect(there, "{{range .RepoDigests}}{{println .}}{{end}}")
                .lines()
                .filter(each -> each.startsWith(open.address()))
                .map(each -> each.substring(each.indexOf('@')))
                .findFirst()
                .orElseThrow();
        engine.docker("image", "rm", there).with(0);
        return REGISTRY + "/" + name + digest;
    }

    /** What the command of AWS says. */
    String aws(String... words) {
        return engine.docker(words(
                        "exec -e AWS_ACCESS_KEY_ID=test -e AWS_SECRET_ACCESS_KEY=test " + HOLDER + " aws --region "
                                + REGION + " --output text --endpoint-url " + AWS,
                        words))
                .with(0)
                .out()
                .strip();
    }

    private static String[] words(String first, String... more) {
        List<String> all = new ArrayList<>(List.of(first.split(" ")));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** A stack that waits for the signal of a resource. */
    void createWaitingStack(String name, String resource) {
        aws(
                "cloudformation",
                "create-stack",
                "--stack-name",
                name,
                "--template-body",
                "{\"Resources\": {\"" + resource + "\": {\"Type\": \"AWS::CloudFormation::WaitCondition\", "
                        + "\"CreationPolicy\": {\"ResourceSignal\": {\"Count\": 1, \"Timeout\": \"PT10M\"}}}}}");
    }

    /** The same in place of the one of that name, if there is one. */
    void replaceWaitingStack(String name, String resource) {
        aws("cloudformation", "delete-stack", "--stack-name=" + name);
        createWaitingStack(name, resource);
    }

    /** A target group that the machine is in; the emulator finds every target healthy. */
    String targetGroup(String name) {
        String group = aws(
                "elbv2",
                "create-target-group",
                "--name=" + name,
                "--protocol=HTTP",
                "--port=80",
                "--vpc-id=vpc-1",
                "--query=TargetGroups[0].TargetGroupArn");
        aws("elbv2", "register-targets", "--target-group-arn=" + group, "--targets=Id=" + instance());
        return group;
    }

    /** Whom the metadata says every machine to be. */
    String instance() {
        String ask =
                "token=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' \"$1/latest/api/token\") && "
                        + "curl -sf -H \"X-aws-ec2-metadata-token: $token\" \"$1/latest/meta-data/instance-id\"";
        return engine.docker("exec", HOLDER, "sh", "-c", ask, "ask", AWS)
                .with(0)
                .out()
                .strip();
    }

    /** What cloud-init of a machine says of a configuration. */
    Ended cloudInitSchema(String userData) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "user", ".yaml"), userData);
        return engine.docker(words(
                "run --rm --network=none --volume=" + file + ":/user.yaml:ro",
                image,
                "cloud-init",
                "schema",
                "--config-file",
                "/user.yaml"));
    }

    /** What a boot that failed has left in the log group of its stack. */
    String bootLog(String group) {
        String stream = aws(
                "logs",
                "describe-log-streams",
                "--log-group-name=" + group,
                "--log-stream-name-prefix=boot/",
                "--query=logStreams[].logStreamName");
        return aws(
                "logs",
                "get-log-events",
                "--log-group-name=" + group,
                "--log-stream-name=" + stream,
                "--query=events[].message");
    }

    /** The image that a machine is made of if nothing else is said. */
    String image() {
        return image;
    }

    /** How far a stack has come. */
    String stackStatus(String name) {
        return aws("cloudformation", "describe-stacks", "--stack-name", name, "--query", "Stacks[0].StackStatus");
    }

    /** Starts a machine with the user data of Upkeep for a stack and an address, but for these settings. */
    Ec2Machine boot(String stack, String allocation, Map<String, String> settings) throws IOException {
        return boot(stack, allocation, settings, "--volume=/var/lib/docker");
    }

    /** The same with other disks, as options of Docker; its own engine keeps images in /var/lib/docker. */
    Ec2Machine boot(String stack, String allocation, Map<String, String> settings, String... disks) throws IOException {
        return bootFrom(
                image, UserData.of(Files.createTempDirectory(folder, "home"), stack, allocation), settings, disks);
    }

    /** Starts a machine of an image with user data, but for these settings. */
    Ec2Machine bootFrom(String machineImage, String userData, Map<String, String> settings, String... disks)
            throws IOException {
        Path seed = Files.createTempDirectory(folder, "seed");
        Files.writeString(seed.resolve("meta-data"), "instance-id: " + seed.getFileName() + "\nlocal-hostname: web\n");
        Files.writeString(seed.resolve("user-data"), UserData.with(settings, AWS, userData));
        // On EC2 its engine finds the role of the instance by itself, at the one address where no test can put its
        // metadata.
        Path engineKeys = Files.writeString(
                seed.resolve("keys.conf"),
                "[Service]\nEnvironment=AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test\n");
        Ec2Machine machine = new Ec2Machine(engine, "upkeep-system-tests-" + seed.getFileName());
        List<String> options = new ArrayList<>(List.of(disks));
        options.addAll(List.of(
                "--volume=" + seed + ":/var/lib/cloud/seed/nocloud:ro",
                "--volume=" + engineKeys + ":/etc/systemd/system/docker.service.d/keys.conf:ro",
                machineImage));
        engine.docker(words(
                        "run --detach --tty --stop-signal=SIGRTMIN+3 --name=" + machine.name()
                                + " --label=dev.upkeep.stack=boot"
                                + " --network=container:" + HOLDER
                                + " --tmpfs=/run --tmpfs=/run/lock --tmpfs=/tmp --cgroupns=host --cgroup-parent=/"
                                + " --cap-add=SYS_ADMIN --cap-add=NET_ADMIN --cap-add=SYS_PTRACE --cap-add=MKNOD"
                                + " --security-opt=seccomp=unconfined --security-opt=apparmor=unconfined"
                                + " --volume=/sys/fs/cgroup:/sys/fs/cgroup:rw",
                        options.toArray(String[]::new)))
                .with(0);
        return machine;
    }

    @Override
    public void close() {
        engine.docker("rm", "--force", "--volumes", HOLDER);
        open.close();
        registry.close();
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}
