package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Running;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Into an instance through an Instance Connect Endpoint: the calls are those of AWS's service model, the tunnel is a WebSocket over TLS, and behind it is a
 * real sshd, which believes a key that was sent for 60 s. That AWS takes the signature is shown by computing the same with AWS's own client.
 */
@Timeout(120)
class InstanceConnectSystemTest {
    private static final String USER = System.getProperty("user.name");
    private static final String HOST = "eice-1.test";
    private static final String SECRET = "not-a-key";

    @TempDir
    private Path home;

    private OpenSshServer sshd;
    private InstanceConnectServer endpoint;
    private InstanceConnectAws aws;
    private Path believed;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException, InterruptedException {
        believed = home.resolve("believed");
        sshd = OpenSshServer.start(
                Files.createDirectory(home.resolve("sshd")),
                List.of("ed25519", "ecdsa"),
                "AuthorizedKeysCommand /usr/bin/find " + believed + " -newermt \"60 seconds ago\" -exec cat {} +",
                "AuthorizedKeysCommandUser " + USER);
        Authority authority = Authority.root(Files.createDirectory(home.resolve("authority")), "Test");
        endpoint = InstanceConnectServer.start(tls(authority.issue(HOST)), sshd.port());
        aws = new InstanceConnectAws(HOST + ":" + endpoint.getPort(), believed);
        aws.console(console(sshd.fingerprint("ed25519")));
        Files.writeString(home.resolve("hosts"), "127.0.0.1 " + HOST + "\n");
        authority.writeTrustStore(home.resolve("trusted"));
        file("ssh-endpoint: true");
    }

    private void file(String setting) throws IOException {
        Files.writeString(home.resolve("upkeep.yaml"), """
            stack: shop
            platform: aws
            region: eu-west-1
            version: "1.0.6"
            aws: { %s }
            """.formatted(setting));
    }

    private SSLContext tls(Certified certified) throws IOException, GeneralSecurityException {
        Path store = home.resolve("endpoint.p12");
        Command.run(
                        "openssl",
                        "pkcs12",
                        "-export",
                        "-in",
                        certified.chain().toString(),
                        "-inkey",
                        certified.key().toString(),
                        "-out",
                        store.toString(),
                        "-passout",
                        "pass:changeit")
                .orFail();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** As cloud-init writes it on Amazon Linux 2023. */
    private static String console(String fingerprint) {
        return """
            [   12.1] cloud-init[1650]: Cloud-init v. 22.2.2 running 'modules:final'
            ci-info: no authorized SSH keys fingerprints found for user ec2-user.
            <14>Nov 28 10:00:00 cloud-init: #############################################################
            <14>Nov 28 10:00:00 cloud-init: -----BEGIN SSH HOST KEY FINGERPRINTS-----
            <14>Nov 28 10:00:00 cloud-init: 256 %s root@ip-10-20-0-7 (ED25519)
            <14>Nov 28 10:00:00 cloud-init: -----END SSH HOST KEY FINGERPRINTS-----
            """.formatted(fingerprint);
    }

    @AfterEach
    void stop() {
        aws.close();
        endpoint.close();
        sshd.close();
    }

    private Program upkeep(String... words) {
        return Upkeep.in(home, words)
                .with("AWS_ENDPOINT_URL", aws.address())
                .with("AWS_ACCESS_KEY_ID", "AKIATEST")
                .with("AWS_SECRET_ACCESS_KEY", SECRET)
                .with("JAVA_TOOL_OPTIONS", Authority.javaOptions(home.resolve("hosts"), home.resolve("trusted")));
    }

    private Program ssh(String... command) {
        List<String> words = new ArrayList<>(List.of("ssh", USER + "@" + InstanceConnectAws.INSTANCE, "--"));
        words.addAll(List.of(command));
        return upkeep(words.toArray(String[]::new));
    }

    @Test
    void aCommandRunsThroughTheTunnelWithAKeyThatWasMadeForIt() throws IOException {
        Ended ended = ssh("sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x; echo; echo oops >&2; exit 7")
                .run()
                .with(7);

        assertThat(ended.out()).hasSize(300_001);
        assertThat(ended.err()).contains("oops");
        assertThat(aws.users()).containsExactly(USER);
        assertThat(Files.readString(believed)).startsWith("ssh-ed25519 ");
        assertThat(home.resolve(".ssh")).as("nothing is written").doesNotExist();
        assertThat(signatureOf(endpoint.asked().get(0)))
                .isEqualTo(parameter(endpoint.asked().get(0), "X-Amz-Signature"));
    }

    /** What AWS's own client computes for the same address at the same moment. */
    private String signatureOf(String asked) {
        return AwsEmulator.python(
                """
            import datetime, re, botocore.auth, botocore.awsrequest, botocore.credentials
            at = datetime.datetime.strptime('%s', '%%Y%%m%%dT%%H%%M%%SZ')
            botocore.auth.get_current_datetime = lambda *a, **k: at
            url = re.sub('&?X-Amz-[^&]*', '', 'https://%s%s').replace('?&', '?')
            request = botocore.awsrequest.AWSRequest(method='GET', url=url)
            credentials = botocore.credentials.Credentials('AKIATEST', '%s')
            botocore.auth.SigV4QueryAuth(credentials, 'ec2-instance-connect', 'eu-west-1', expires=60).add_auth(request)
            print(re.search('X-Amz-Signature=([0-9a-f]+)', request.url).group(1))
            """.formatted(parameter(asked, "X-Amz-Date"), HOST + ":" + endpoint.getPort(), asked, SECRET));
    }

    private static String parameter(String path, String name) {
        return path.replaceAll(".*[?&]" + name + "=([^&]*).*", "$1");
    }

    @Test
    void aHostWhoseKeyIsNotThatOfTheConsoleIsNotGoneInto() {
        aws.console(console("SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s"));

        assertThat(ssh("true").run().with(255).err())
                .contains("shows the host key SHA256:", "Nothing was sent, no key or password either");

        aws.console("the console has rolled over");

        assertThat(ssh("true").run().with(255).err()).contains("which is not known; looked in ");
    }

    @Test
    void whoMayNotOpenATunnelIsTold() {
        endpoint.refuse();

        assertThat(ssh("true").run().with(255).err())
                .contains("cannot connect to " + USER + "@" + InstanceConnectAws.INSTANCE + ": the endpoint eice-1 at "
                        + HOST)
                .contains(" opened no tunnel to 10.20.0.7: it answered with status 404");
    }

    @Test
    void anEndpointThatIsNotThereIsTold() {
        endpoint.close();

        assertThat(ssh("true").run().with(255).err())
                .contains("the endpoint eice-1 at " + HOST, "it cannot be reached (", "may connect to its port 443");
    }

    @Test
    void aTunnelThatIsCutInTheMiddleOfACommandIsTold() {
        Path begun = home.resolve("begun");
        try (Running running = ssh("sh", "-c", "touch " + begun + "; sleep 60").start()) {
            Waiting.until("the command has begun", () -> Files.exists(begun));
            endpoint.cut();

            assertThat(running.end().with(255).err()).contains("ended");
        }
    }

    @Test
    void aKeyThatCameMoreThanAMinuteAgoIsNotBelieved() {
        aws.sendKeysLate();

        assertThat(ssh("true").run().with(255).err())
                .contains(" does not let us in; it refused the key of this session (SHA256:");
    }

    @Test
    void withoutAnEndpointInTheFileNobodyAsksForAUser() throws IOException {
        file("ssh-from: 198.51.100.7/32");

        assertThat(ssh("true").run().with(64).err()).contains("only SSH asks for a user; with ssh-endpoint: true");
    }
}
