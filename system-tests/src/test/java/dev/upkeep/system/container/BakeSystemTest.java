package dev.upkeep.system.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.upkeep.system.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The two instances that make a machine image, with the user data that Upkeep makes for them, on machines that boot. */
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
@UsesDockerEngine
class BakeSystemTest {
    private static final String IMAGE = "upkeep-system-tests/baked:1";
    private static final String DISK = "upkeep-system-tests-baked-";
    private static final String SERVES = " serves version 1.0.6";

    /** A package of which there is an update, that needs another one, as an update of the kernel does. */
    private static final String OUTDATED = """
            set -e
            package() { # NAME VERSION FILE MORE
                mkdir -p /tmp/package/DEBIAN
                printf 'Package: %s\\nVersion: %s\\nArchitecture: all\\nMaintainer: nobody\\n%sDescription: none\\n' \\
                    "$1" "$2" "$4" >/tmp/package/DEBIAN/control
                dpkg-deb --build /tmp/package "$3"
            }
            package trial 1 /tmp/trial.deb
            dpkg --install /tmp/trial.deb
            mkdir /srv/new
            package trial 2 /srv/new/trial.deb $'Depends: trial-more\\n'
            package trial-more 1 /srv/new/more.deb
            cd /srv/new
            """ + Ec2Image.INDEX_PACKAGES + """
            mv /srv/new /srv/packages
            """;

    /** What belongs to one instance, besides what cloud-init and Upkeep write. */
    private static final String OWN = """
            mkdir -p /etc/ssh /home/admin/.ssh /root/.ssh /root/.aws/cli/cache /var/lib/amazon/ssm /var/lib/dhcp
            for file in /etc/ssh/ssh_host_ed25519_key /etc/ssh/ssh_host_ed25519_key.pub /home/admin/.ssh/authorized_keys \\
                /home/admin/.bash_history /root/.ssh/authorized_keys /root/.bash_history /root/.aws/cli/cache/session.db \\
                /var/lib/amazon/ssm/registration /var/lib/dhcp/lease /var/lib/systemd/credential.secret /var/tmp/left; do
                echo mark-of-the-builder >$file
            done
            """;

    private DockerEngine engine;
    private Ec2Surroundings around;
    private ReleasedImages images;

    @BeforeAll
    @Timeout(600)
    void build(@TempDir Path folder) throws IOException {
        engine = DockerEngine.start();
        Recipes recipes = new Recipes(engine, folder);
        around = new Ec2Surroundings(engine, folder);
        images = ReleasedImages.pushed(around, recipes);
    }

    @AfterAll
    void stop() {
        around.close();
        engine.docker("image", "rm", IMAGE);
        engine.docker("volume", "rm", DISK + "1", DISK + "2");
        engine.close();
    }

    @Test
    @Tag("docker")
    void whatIsMadeOfTheImageServesWithoutFetchingAnythingAndIsAnotherInstance(@TempDir Path folder)
            throws IOException {
        around.aws("logs", "create-log-group", "--log-group-name=/upkeep/shop");
        images.release("shop", images.edge(), "");
        around.replaceWaitingStack("shop-image", "Builder");
        String builder = bake(folder);
        imageHoldsNothingOfTheBuilder(builder);

        around.stopRegistry();
        try {
            serves(builder);
            saysWhyItDoesNotServe();
        } finally {
            around.startRegistry();
        }
    }

    private Ec2Machine builder(String stack, String limit, Path sources) throws IOException {
        return around.bootFrom(
                around.image(),
                UserData.ofBuilder(stack),
                Map.of("LIMIT", limit),
                "--volume=/var/lib/docker",
                "--volume=" + sources + ":/etc/apt/sources.list:ro");
    }

    /** Makes an image, and returns the machine id of the instance that it is made of. */
    private String bake(Path folder) throws IOException {
        Path sources = Files.writeString(folder.resolve("sources"), "deb [trusted=yes] file:/srv/packages ./\n");
        try (Ec2Machine machine = builder("shop", "180", sources)) {
            // There is nothing to update from yet, so it waits.
            machine.awaitConsole("upkeep-boot: that does not work yet: ");
            machine.run("bash", "-c", OUTDATED + OWN).with(0);
            assertThat(machine.awaitConsole("upkeep-boot: the image for version 1.0.6 can be made"))
                    .contains(
                            "upkeep-boot: installing updates",
                            "upkeep-boot: pulling " + Ec2Surroundings.REGISTRY + "/shop/web@sha256:",
                            "upkeep-boot: removing what belongs to this instance only",
                            "upkeep-boot: signalling SUCCESS to shop-image")
                    .doesNotContain("installing Docker");
            assertThat(around.stackStatus("shop-image")).isEqualTo("CREATE_COMPLETE");
            machine.awaitUnit("active");
            endsItself(machine);
            machine.commit(IMAGE);
            for (String number : List.of("1", "2")) {
                engine.docker("volume", "rm", DISK + number);
                machine.copyDisk(IMAGE, DISK + number);
            }
            return machine.run("cat", "/run/machine-id", "/etc/machine-id")
                    .out()
                    .strip();
        }
    }

    private static void endsItself(Ec2Machine machine) {
        assertThat(machine.run("systemctl", "is-active", "upkeep-limit.timer").out())
                .isEqualTo("active\n");
        assertThat(machine.run("systemctl", "show", "--property=TimersMonotonic", "upkeep-limit.timer")
                        .out())
                .contains("OnActiveUSec=1h 30min ");
    }

    /** As it is before anything has started from it. */
    private void imageHoldsNothingOfTheBuilder(String machineId) {
        assertThat(
                        inImage(
                                "ls -d {/etc,/usr/local/lib,/var/lib}/upkeep /etc/systemd/system/{,*/}upkeep*"
                                        + " /var/lib/cloud/{data,instance*,sem} /etc/ssh/ssh_host_* {/root,/home/*}/{.docker,.ssh,.aws}"
                                        + " /etc/docker/key.json /var/lib/docker/engine-id /var/lib/docker/containers/* /var/log/journal/* 2>&-; true"))
                .isEmpty();
        assertThat(inImage("grep -rlE 'mark-of-the-builder|" + machineId + "|upkeep-limit|shop-image|"
                        + Ec2Surroundings.TOKEN + "|" + around.instance()
                        + "' /boot /etc /home /opt /root /srv /usr /var; true"))
                .isEmpty();
        assertThat(inImage("cat /etc/machine-id; find /var/log -type f -size +0; ls -A /tmp /var/tmp | grep -v :"))
                .isBlank();
        assertThat(inImage("dpkg-query -W trial trial-more")).isEqualTo("trial\t2\ntrial-more\t1\n");
        assertThat(inImage("cat /etc/ssh/sshd_config.d/10-upkeep.conf")).contains("PasswordAuthentication no\n");
        assertThat(inImage("stat -c %a /etc/ssh/sshd_config.d{,/10-upkeep.conf} /etc/sysctl.d/60-upkeep.conf")
                        .lines())
                .containsExactly("755", "644", "644");
        // Each is a setting that the kernel has.
        assertThat(inImage("sysctl -n $(cut -d ' ' -f 1 /etc/sysctl.d/60-upkeep.conf) | wc -l"))
                .isEqualTo("6\n");
    }

    private String inImage(String command) {
        return engine.docker(
                        "run",
                        "--rm",
                        "--network=none",
                        "--volume=" + DISK + "1:/var/lib/docker:ro",
                        IMAGE,
                        "bash",
                        "-c",
                        command)
                .with(0)
                .out();
    }

    private Ec2Machine canary(int number, String limit) throws IOException {
        around.replaceWaitingStack("shop-image", "Canary");
        return around.bootFrom(
                IMAGE,
                UserData.ofCanary("shop"),
                Map.of("LIMIT", limit),
                "--volume=" + DISK + number + ":/var/lib/docker");
    }

    private void serves(String builder) throws IOException {
        try (Ec2Machine machine = canary(1, "180")) {
            assertThat(machine.awaitConsole(SERVES))
                    .contains("upkeep-boot: signalling SUCCESS to shop-image")
                    .doesNotContain("pulling", "installing");
            assertThat(Http.get(around.port(), Http.VERSION))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\n\n1.0.6");
            assertThat(Http.get(around.port(), Http.READY)).startsWith("HTTP/1.1 200 ");
            assertThat(around.stackStatus("shop-image")).isEqualTo("CREATE_COMPLETE");
            endsItself(machine);
            assertThat(machine.run("cat", "/etc/machine-id").out().strip())
                    .matches("[0-9a-f]{32}")
                    .isNotEqualTo(builder);
        }
    }

    /** As a candidate of an image must whose application cannot be started. */
    private void saysWhyItDoesNotServe() throws IOException {
        images.release("shop", images.edge(), ", \"env\": {\"PORT\": \"none\"}");
        try (Ec2Machine machine = canary(2, "30")) {
            machine.awaitConsole("signalling FAILURE to shop-image");
            machine.awaitUnit("failed");
            Waiting.until(
                    "the stack is rolled back",
                    () -> around.stackStatus("shop-image").startsWith("ROLLBACK_"));
            assertThat(around.bootLog("/upkeep/shop"))
                    .contains(" was not ready after 10 s and is removed again")
                    .containsPattern("  app: .*NumberFormatException");
        }
    }

    @Test
    @Tag("docker")
    void withoutARegistryNoImageIsMadeAndFailureIsSignalled(@TempDir Path folder) throws IOException {
        around.aws("logs", "create-log-group", "--log-group-name=/upkeep/lost");
        images.release("lost", images.edge().replace(Ec2Surroundings.REGISTRY, "127.0.0.1:1"), "");
        around.replaceWaitingStack("lost-image", "Builder");
        Path sources = Files.createFile(folder.resolve("sources"));
        try (Ec2Machine machine = builder("lost", "30", sources)) {
            machine.awaitConsole("signalling FAILURE to lost-image");
            machine.awaitUnit("failed");
            Waiting.until(
                    "the stack is rolled back",
                    () -> around.stackStatus("lost-image").startsWith("ROLLBACK_"));
            assertThat(around.bootLog("/upkeep/lost"))
                    .contains(
                            "upkeep-boot: preparing a machine image for stack lost",
                            "upkeep-boot: pulling 127.0.0.1:1/shop/edge@sha256:",
                            "connection refused",
                            " has not worked ");
            assertThat(machine.console()).doesNotContain("removing what belongs", "No such file");
        }
    }

    @Test
    @Tag("docker")
    void cloudInitKnowsAllThatTheInstancesAreTold() throws IOException {
        for (String userData : List.of(UserData.ofBuilder("shop"), UserData.ofCanary("shop"))) {
            assertThat(around.cloudInitSchema(userData).with(0).out()).startsWith("Valid cloud-config");
            JsonNode keys = new YAMLMapper().readTree(userData);
            assertThat(keys.fieldNames()).toIterable().containsExactly("write_files", "runcmd");
            assertThat(userData.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(16_384);
        }
    }
}
