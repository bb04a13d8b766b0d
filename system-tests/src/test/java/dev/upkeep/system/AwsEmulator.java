package dev.upkeep.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** AWS as emulators have it: moto or ministack, on a free port of loopback. */
public final class AwsEmulator implements AutoCloseable {
    private static final String MOTO = "5.2.5";
    private static final String MINISTACK = "1.5.33";

    /** By which ministack speaks with Docker. */
    private static final String DOCKER = "7.1.0";

    private final int port;
    private final Daemon daemon;

    private AwsEmulator(int port, Daemon daemon) {
        this.port = port;
        this.daemon = daemon;
    }

    /** Has the API only. Its account is 123456789012. */
    static AwsEmulator moto(Path folder) {
        int port = Ports.free();
        return start(
                folder,
                port,
                List.of(bin().resolve("moto_server").toString(), "-H", "127.0.0.1", "-p", String.valueOf(port)));
    }

    /**
     * The same, without some faults of it: a stack that comes from a change set has no outputs there, although one that is updated has; a change set
     * that changes nothing is refused when it is made, before it would be made and say so, as with AWS; each change set for a stack that does not
     * stand makes another stub of that name; a stack with a route table cannot be deleted; and a machine image can have the name of another one, and its snapshots no tags.
     */
    static AwsEmulator mendedMoto(Path folder) {
        int port = Ports.free();
        Path program = folder.resolve("mended.py");
        try {
            Files.writeString(program, """
                    from moto.cloudformation import models, responses
                    from moto.ec2.exceptions import EC2ClientError
                    from moto.ec2.models import amis, route_tables
                    from moto.server import main
                    def apply(self, before=models.ChangeSet.apply):
                        before(self)
                        self.stack.template = self.template
                        self.stack._parse_template()
                        self.stack.output_map = self.stack._create_output_map()
                    models.ChangeSet.apply = apply
                    responses.CloudFormationResponse._validate_different_update = lambda *request: None
                    def create_change_set(self, stack_name, *rest, before=models.CloudFormationBackend.create_change_set, **more):
                        for stub in [s for s in self.stacks.values() if s.name == stack_name and s.status == "REVIEW_IN_PROGRESS"]:
                            self.stacks.pop(stub.stack_id)
                        return before(self, stack_name, *rest, **more)
                    models.CloudFormationBackend.create_change_set = create_change_set
                    def delete(table, account, region):
                        table.ec2_backend.route_tables.pop(table.id, None)
                    route_tables.RouteTable.delete = delete
                    def create_image(self, instance_id, name, description, tag_specifications, before=amis.AmiBackend.create_image):
                        if any(image.name == name for image in self.amis.values()):
                            raise EC2ClientError("InvalidAMIName.Duplicate", "AMI name " + name + " is already in use")
                        tags = {each["ResourceType"]: each for each in tag_specifications}
                        image = before(self, instance_id, name, description, [tags["image"]])
                        for tag in tags["snapshot"]["Tags"]:
                            self.snapshots[image.ebs_snapshot.id].add_tag(tag["Key"], tag["Value"])
                        return image
                    amis.AmiBackend.create_image = create_image
                    main(["-H", "127.0.0.1", "-p", "%d"])
                    """.formatted(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return start(folder, port, List.of(bin().resolve("python").toString(), program.toString()));
    }

    /** Has the API and a registry on the same port. Its account is an access key of twelve digits. */
    static AwsEmulator ministack(Path folder) {
        int port = Ports.free();
        return start(folder, port, ministackCommand(folder, port));
    }

    /**
     * The same, whose instances are containers if they are started of a registered image, and run commands.
     *
     * @param dockerHost where the engine answers
     * @param network of the engine, which the instances join
     */
    public static AwsEmulator ministackWithInstances(Path folder, String dockerHost, String network) {
        int port = Ports.free();
        List<String> command = new ArrayList<>(ministackCommand(folder, port));
        command.addAll(command.size() - 1, List.of("DOCKER_HOST=" + dockerHost, "DOCKER_NETWORK=" + network));
        return start(folder, port, command);
    }

    /** How ministack is started. On its port are also the metadata of an instance, for those who bring a token. */
    public static List<String> ministackCommand(Path folder, int port) {
        return List.of(
                "env",
                "IOT_MTLS_ENABLED=0",
                "MINISTACK_IMDS_V2_REQUIRED=1",
                "BIND_HOST=127.0.0.1",
                "GATEWAY_PORT=" + port,
                "TMPDIR=" + folder,
                "HOME=" + folder,
                "DOCKER_HOST=unix:///nonexistent",
                bin().resolve("ministack").toString());
    }

    private static AwsEmulator start(Path folder, int port, List<String> command) {
        return new AwsEmulator(port, Daemon.start(folder, command).awaitReady(() -> listens(port)));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Path bin() {
        return PythonPrograms.bin("moto[server]==" + MOTO, "ministack==" + MINISTACK, "docker==" + DOCKER);
    }

    int port() {
        return port;
    }

    /** Where it answers. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * What a statement of Python prints that asks with another client of AWS: {@code client(name)} is boto3's for a service, and {@code
     * client(name, account)} that in another account of ministack.
     */
    public String ask(String statement) {
        String program = """
                import boto3
                def client(name, account="123456789012"):
                    return boto3.client(name, endpoint_url="%s", region_name="eu-west-1", aws_access_key_id=account, aws_secret_access_key="x")
                %s
                """.formatted(endpoint(), statement);
        return python(program);
    }

    /** What a program of Python prints that may use AWS's own client. */
    static String python(String program) {
        return Command.run(bin().resolve("python").toString(), "-c", program)
                .orFail()
                .output()
                .strip();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
