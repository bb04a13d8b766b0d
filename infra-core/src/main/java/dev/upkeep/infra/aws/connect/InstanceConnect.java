package dev.upkeep.infra.aws.connect;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.LazyClient;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.shell.SshDoor;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2InstanceConnectEndpoint;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2instanceconnect.Ec2InstanceConnectClient;

/**
 * SSH through an <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html">EC2 Instance Connect
 * Endpoint</a>: the key is believed for 60 seconds by instances that have the package {@code ec2-instance-connect}, and the tunnel needs neither an open port
 * nor a public address.
 */
public final class InstanceConnect implements SshDoor, AutoCloseable {

    private static final String READY = "create-complete";

    private final AwsSession session;
    private final UnaryOperator<String> consoles;
    private final Clock clock;
    private final LazyClient<Ec2Client> ec2;
    private final LazyClient<Ec2InstanceConnectClient> connect;

    /**
     * A way that is not gone yet.
     *
     * @param session who asks, and where
     * @param consoles what an instance has written on its console
     * @param clock at which moment addresses are signed
     */
    public InstanceConnect(AwsSession session, UnaryOperator<String> consoles, Clock clock) {
        this.session = session;
        this.consoles = consoles;
        this.clock = clock;
        this.ec2 = session.lazily(Ec2Client::builder);
        this.connect = session.lazily(Ec2InstanceConnectClient::builder);
    }

    @Override
    public List<String> hostKeys(InstanceId instance) throws IOException {
        try {
            return ConsoleHostKeys.in(consoles.apply(instance.text()));
        } catch (AwsException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Socket open(InstanceId instance, String user, String publicLine, Duration longest)
            throws IOException, InterruptedException {
        try {
            Instance found = instance(instance);
            Ec2InstanceConnectEndpoint endpoint = endpoint(found);
            admit(instance, user, publicLine);
            return tunnel(endpoint, found, longest);
        } catch (AwsException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Instance instance(InstanceId instance) throws IOException {
        Optional<Instance> found =
                session.ask(
                        "find the address of " + instance,
                        "ec2:DescribeInstances",
                        () -> ec2
                                .get()
                                .describeInstances(request -> request.instanceIds(instance.text()))
                                .reservations()
                                .stream()
                                .flatMap(reservation -> reservation.instances().stream())
                                .findFirst());
        return found.filter(it -> it.privateIpAddress() != null)
                .orElseThrow(() -> new IOException("AWS has no running instance " + instance));
    }

    private Ec2InstanceConnectEndpoint endpoint(Instance instance) throws IOException {
        List<Ec2InstanceConnectEndpoint> found = session.ask(
                "find the Instance Connect Endpoint of " + instance.vpcId(),
                "ec2:DescribeInstanceConnectEndpoints",
                () -> ec2.get()
                        .describeInstanceConnectEndpoints(request -> request.filters(Filter.builder()
                                .name("vpc-id")
                                .values(instance.vpcId())
                                .build()))
                        .instanceConnectEndpoints());
        return found.stream()
                .filter(endpoint -> READY.equals(endpoint.stateAsString()))
                .findFirst()
                .orElseThrow(() -> new IOException("the network " + instance.vpcId()
                        + " has no Instance Connect Endpoint that is ready"
                        + found.stream()
                                .findFirst()
                                .map(it -> " (" + it.instanceConnectEndpointId() + " is " + it.stateAsString() + ")")
                                .orElse("")
                        + "; with ssh-endpoint: true in the file, apply makes one"));
    }

    private void admit(InstanceId instance, String user, String publicLine) {
        session.ask(
                "have " + instance + " believe a key for 60 s",
                "ec2-instance-connect:SendSSHPublicKey",
                () -> connect.get()
                        .sendSSHPublicKey(request -> request.instanceId(instance.text())
                                .instanceOSUser(user)
                                .sshPublicKey(publicLine)));
    }

    private Socket tunnel(Ec2InstanceConnectEndpoint endpoint, Instance instance, Duration longest)
            throws IOException, InterruptedException {
        String id = endpoint.instanceConnectEndpointId();
        TunnelAddress address =
                new TunnelAddress(endpoint.dnsName(), id, instance.privateIpAddress(), session.region());
        try {
            return Tunnel.open(address.signedFor(session.identity(), clock), longest);
        } catch (IOException e) {
            throw new IOException(
                    "the endpoint " + id + " at " + endpoint.dnsName() + " opened no tunnel to "
                            + instance.privateIpAddress() + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        ec2.close();
        connect.close();
    }
}
