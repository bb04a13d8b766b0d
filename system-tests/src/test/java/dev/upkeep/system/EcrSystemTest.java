package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.command.Ended;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Images to ECR: the API is that of an emulator, the registry is real and has a name of ECR. The JVM reads that name from a file of
 * hosts and trusts our authority, both by properties that every JVM has; the command knows nothing of it.
 */
@Timeout(180)
class EcrSystemTest {
    private static final String HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    private static final String TOKEN = "123456789012-auth-token";
    private static final String SECRET = "wJalrXUtnFEMI-not-a-key";

    private final Peers peers = new Peers();
    private final Path home = peers.folder("home");
    private final Path trusted = home.resolve("trusted.p12");

    @BeforeEach
    void makeStack() throws IOException {
        Files.writeString(home.resolve("hosts"), "127.0.0.1 " + HOST + "\n");
        Files.createDirectories(home.resolve("site"));
        Files.writeString(home.resolve("site/index.html"), "hello");
        Files.writeString(home.resolve("upkeep.yaml"), """
                stack: shop
                platform: local
                version: "1.0.6"
                site: ./site
                images: { nginx: scratch }
                """);
    }

    @AfterEach
    void close() {
        peers.close();
    }

    private Program push(int port) {
        return Upkeep.in(home, "image", "push", "--registry", HOST + ":" + port)
                .with("XDG_CACHE_HOME", home.resolve("cache").toString())
                .with("AWS_EC2_METADATA_DISABLED", "true")
                .with("JAVA_TOOL_OPTIONS", Authority.javaOptions(home.resolve("hosts"), trusted));
    }

    private static Program knowing(Program push, AwsEmulator aws) {
        return push.with("AWS_ENDPOINT_URL", aws.endpoint())
                .with("AWS_ACCESS_KEY_ID", "123456789012")
                .with("AWS_SECRET_ACCESS_KEY", SECRET);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPushFetchesTheTokenItselfAndNeverShowsIt() throws IOException {
        Authority authority = Authority.root(peers.folder("authority"), "Test");
        authority.writeTrustStore(trusted);
        DockerRegistry registry =
                peers.closing(DockerRegistry.withTokenOfEcr(peers.folder("registry"), authority.issue(HOST)));
        AwsEmulator aws = peers.closing(AwsEmulator.moto(peers.folder("aws")));

        Ended first = knowing(push(registry.port()).and("--debug"), aws).run().with(0);
        Ended second = knowing(push(registry.port()), aws).run().with(0);

        assertThat(first.err()).contains("sent, 2 of 2 layers");
        assertThat(second.err()).contains("unchanged, sha256:");
        assertThat(first.out() + first.err() + second.out() + second.err())
                .doesNotContain(TOKEN, base64("AWS:" + TOKEN), SECRET);
    }

    @Test
    void aTokenThatExpiresInTheMiddleIsFetchedAnew() {
        DockerRegistry registry = peers.closing(DockerRegistry.withTokenOfEcr(peers.folder("registry")));
        CuttingProxy expiring = peers.closing(CuttingProxy.expiringOnce(registry.port()));
        AwsEmulator aws = peers.closing(AwsEmulator.moto(peers.folder("aws")));

        Ended pushed =
                knowing(push(expiring.port()).and("--plain-http"), aws).run().with(0);

        assertThat(expiring.cutsLeft()).isZero();
        assertThat(pushed.err())
                .contains("the login had expired; trying again")
                // The other layer may have arrived just when the first try ended; then the second one finds it there.
                .containsPattern("sent, [12] of 2 layers, sha256:");
    }

    @Test
    void withoutCredentialsTheUserLearnsHowToLogIn() {
        DockerRegistry registry = peers.closing(DockerRegistry.withTokenOfEcr(peers.folder("registry")));

        Ended refused = push(registry.port()).and("--plain-http").run().with(1);

        assertThat(refused.err())
                .contains(
                        "Tried to find AWS credentials for eu-west-1",
                        "there are none that can be used",
                        "log in (aws sso login, or aws configure)");
    }

    @Test
    void anotherSecretThanThatOfTheRegistryIsRefusedWithoutShowingIt() {
        DockerRegistry registry = peers.closing(DockerRegistry.withTokenOfEcr(peers.folder("registry")));
        AwsEmulator aws = peers.closing(AwsEmulator.ministack(peers.folder("aws")));

        Ended refused =
                knowing(push(registry.port()).and("--plain-http"), aws).run().with(1);

        assertThat(refused.err()).contains("as user AWS: it answered 401").doesNotContain("ministack-auth-token");
    }

    @Test
    void aRepositoryIsCreatedOnlyWhereThatWasAskedFor() {
        AwsEmulator aws = peers.closing(AwsEmulator.ministack(peers.folder("aws")));
        Program push = knowing(push(aws.port()).and("--plain-http"), aws);

        assertThat(push.run().with(1).err())
                .contains(
                        "ECR has no repository shop/web in eu-west-1 of account 123456789012",
                        "push with --create-repository");
        assertThat(repositories(aws)).isEqualTo("[]");

        Ended created = push.and("--create-repository").run().with(0);

        assertThat(created.err()).contains("created the repository", "sent, 2 of 2 layers");
        assertThat(repositories(aws)).isEqualTo("[('shop/web', 'IMMUTABLE')]");
        assertThat(push.and("--create-repository").run().with(0).err())
                .contains("unchanged, sha256:")
                .doesNotContain("created");
        assertThat(
                        aws.ask(
                                "print([i.get('imageTags') for i in client('ecr').describe_images(repositoryName='shop/web')['imageDetails']])"))
                .isEqualTo("[['1.0.6']]");
    }

    private static String repositories(AwsEmulator aws) {
        return aws.ask(
                "print([(r['repositoryName'], r['imageTagMutability']) for r in client('ecr').describe_repositories()['repositories']])");
    }

    @Test
    void whatIsOnlyForEcrIsRefusedElsewhere() {
        assertThat(Upkeep.in(home, "image", "push", "--create-repository", "--registry", "127.0.0.1:1")
                        .run()
                        .with(64)
                        .err())
                .contains("--create-repository is for ECR");
    }

    /** Without an archive: of that, Java loads all classes at its start. */
    @Test
    void aCheckLoadsNothingOfTheLibrariesForImages() throws IOException {
        String url = "http://127.0.0.1:" + Ports.free() + "/version.txt";
        Program check = Program.of(home, Upkeep.JAVA.toString())
                .and("-Xlog:class+load:file=" + home.resolve("classes"), "-jar", Upkeep.JAR.toString())
                .and("check", url, "--expect", "1")
                .with("HOME", home.toString());

        check.run().with(2);

        List<String> loaded = Files.readAllLines(home.resolve("classes"));
        assertThat(loaded).anyMatch(line -> line.contains("dev.upkeep."));
        assertThat(loaded)
                .noneMatch(line -> line.contains("com.google.")
                        || line.contains("software.amazon.")
                        || line.contains("dev.upkeep.infra.image."));
    }
}
