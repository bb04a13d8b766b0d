package dev.upkeep.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.cli.exit.ConfigProblem;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.AppPermissions;
import dev.upkeep.infra.spec.AppSpec;
import dev.upkeep.infra.spec.ImageSettings;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

    private static final String HEAD = "stack: shop\nplatform: local\nversion: 1.0.6\n";

    @TempDir
    private Path folder;

    @Test
    void readsTheUsualFile() {
        Config config = read("""
                stack: shop
                platform: local
                region: eu-west-1
                shape: highly-available
                instances: 3
                version: 1.0.6
                site: ./site
                app: { image: ./app, port: 9090, command: [python3, app.py] }
                domain: { name: www.example.org, zone: example.org }
                local: { port: 8081 }
                check:
                  path: /v
                  timeout: 3s
                  attempts: 2
                  certificate-days: 30
                  headers: { Authorization: "Bearer ${TOKEN}" }
                wait: { rounds: 5, interval: 500ms, within: 2m }
                """, Map.of("TOKEN", "secret"));

        assertThat(config.spec().settings().platform()).isEqualTo("local");
        assertThat(config.spec().name().text()).isEqualTo("shop");
        assertThat(config.spec().shape()).isEqualTo(Shape.HIGHLY_AVAILABLE);
        assertThat(config.spec().instances()).isEqualTo(3);
        assertThat(config.spec().site()).contains(folder.resolve("site"));
        assertThat(config.spec().app().orElseThrow().command()).containsExactly("python3", "app.py");
        assertThat(config.spec().settings()).isEqualTo(new LocalSettings(8081));
        assertThat(config.check().path()).isEqualTo("/v");
        assertThat(config.check().expected()).isEqualTo(ExpectedVersion.exactly("1.0.6"));
        assertThat(config.check().timeout()).contains(Duration.ofSeconds(3));
        assertThat(config.check().headers()).containsExactly(Map.entry("Authorization", "Bearer secret"));
        assertThat(config.gate()).isEqualTo(new ConvergenceGate(5, Duration.ofMillis(500), Duration.ofMinutes(2)));
        assertThat(config.check().toString()).doesNotContain("secret");
    }

    @Test
    void aCommandTakesNothingFromTheEnvironmentBecausePlansShowIt() {
        String yaml = HEAD + "app: { command: [serve, \"--token=${TOKEN}\"] }\n";

        assertThat(lines(refusal(yaml, Map.of("TOKEN", "secret"))))
                .singleElement()
                .asString()
                .contains(":4:25: app.command is shown in plans")
                .doesNotContain("secret");
    }

    private static final String ON_AWS = "stack: shop\nplatform: aws\nregion: eu-west-1\nversion: 1.0.6\n";

    @Test
    void readsTheEnvironmentOfAnApplication() {
        assertThat(read(HEAD + "app: { env: { LOG_LEVEL: info, RATIO: 010, ON: true, Q: 'a = b # c' } }\n", Map.of())
                        .spec()
                        .environment())
                .isEqualTo(new AppEnvironment(
                        Map.of("LOG_LEVEL", "info", "RATIO", "010", "ON", "true", "Q", "a = b # c"), Map.of()));
        String secrets = "app: { secrets: { PASSWORD: '/${STAGE}/db', KEY: 'secretsmanager:shop/key' } }\n";
        assertThat(read(ON_AWS + secrets, Map.of("STAGE", "test"))
                        .spec()
                        .environment()
                        .secrets())
                .hasToString("{KEY=secretsmanager:shop/key, PASSWORD=/test/db}");
    }

    @Test
    void saysWhereAnEnvironmentIsWrong() {
        assertThat(problems(HEAD + "app:\n  env:\n    PORT: 1\n    A-B: 2\n    C: \"1\\n2\"\n    D: [1]\n"))
                .containsExactly(
                        "upkeep.yaml:6:11: Upkeep itself sets PORT for the application; take another name; PORT, VERSION"
                                + " and what begins with UPKEEP_ or AWS_CONTAINER_ are taken",
                        "upkeep.yaml:7:10: \"A-B\" is no name of an environment variable; use letters, digits and"
                                + " underscores, not beginning with a digit",
                        "upkeep.yaml:8:8: the value of C has several lines, or characters that cannot be seen; write it in"
                                + " one line; for more, put a file into the image",
                        "upkeep.yaml:9:8: \"D\" is one value, not a list or a section");
        assertThat(problems(HEAD + "app: { secrets: { DB: /shop/db } }\n"))
                .containsExactly(
                        "upkeep.yaml:4:23: secrets are read from AWS, and this stack stands on this machine; write"
                                + " a value for development to app.env: { DB: ... }, and keep app.secrets in the file for platform:"
                                + " aws");
        assertThat(problems(ON_AWS + "app: { env: { A: 1 }, secrets: { A: /a } }\n"))
                .containsExactly("upkeep.yaml:5:37: A stands in app.env, too; write it in one of the two");
    }

    @Test
    void readsWhatAnApplicationMayDo() {
        String policy = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
        assertThat(read(
                                ON_AWS + "app:\n  permissions:\n    - " + policy
                                        + "\n    - { actions: [s3:GetObject], resources: ['arn:aws:s3:::files/*'] }\n",
                                Map.of())
                        .spec()
                        .permissions())
                .isEqualTo(new AppPermissions(
                        List.of(new AppPermissions.Policy(policy)),
                        List.of(new AppPermissions.Statement(
                                List.of("s3:GetObject"), List.of("arn:aws:s3:::files/*")))));
        assertThat(
                        problems(
                                ON_AWS + "app:\n  permissions:\n    - ReadOnly\n    - { actions: [s3:Get*] }\n"
                                        + "    - { action: [s3:Get*], resources: ['*'] }\n    - { actions: ['*'], resources: ['*'] }\n"))
                .containsExactly(
                        "upkeep.yaml:7:7: \"ReadOnly\" is no policy; write its ARN, like"
                                + " arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess, or { actions: [...], resources: [...] }",
                        "upkeep.yaml:8:7: a statement needs both actions and resources; write it like { actions:"
                                + " [s3:GetObject], resources: [\"arn:aws:s3:::shop-files/*\"] }",
                        "upkeep.yaml:9:7: a statement needs both actions and resources; write it like { actions:"
                                + " [s3:GetObject], resources: [\"arn:aws:s3:::shop-files/*\"] }",
                        "upkeep.yaml:9:9: unknown key \"action\"; did you mean \"actions\"?",
                        "upkeep.yaml:10:7: the action * allows the application everything, also to give itself more; name"
                                + " the services and actions that it needs");
        assertThat(problems(ON_AWS + "app: { permissions: ReadOnly }\n"))
                .containsExactly(
                        "upkeep.yaml:5:21: \"permissions\" is a list; write it as [one, two], or one \"- item\" a line");
    }

    @Test
    void neverShowsWhatMayBeASecretInTheEnvironmentOfAnApplication() {
        assertThat(lines(refusal(ON_AWS + "app: { secrets: { A: hunter2, B: '${B}' } }\n", Map.of("B", "geheim"))))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("this names no secret, and is not shown"))
                .noneSatisfy(line -> assertThat(line).containsAnyOf("hunter2", "geheim"));
        assertThat(lines(refusal(HEAD + "app: { env: { A: '${B}' } }\n", Map.of("B", "geheim"))))
                .containsExactly(
                        "upkeep.yaml:4:18: app.env is shown in plans, so it takes nothing from the environment;"
                                + " write the value itself, or where it lies on AWS in app.secrets");
    }

    private AppHealth health(String app) {
        return read("stack: shop\nplatform: local\nversion: 1\napp: " + app, Map.of())
                .spec()
                .app()
                .orElseThrow()
                .health();
    }

    @Test
    void readsHowAnApplicationSaysThatItIsHealthy() {
        assertThat(health("{ port: 9090 }")).isEqualTo(AppHealth.standard());
        assertThat(health("{ health: /healthz }")).isEqualTo(AppHealth.at("/healthz"));
        assertThat(health("{ health: none, health-limit: 500ms }"))
                .isEqualTo(AppHealth.anyAnswer().within(Duration.ofMillis(500)));
    }

    @Test
    void saysWhereAHealthIsWrong() {
        assertThat(problems(HEAD + "app: { health: healthz }\n"))
                .containsExactly(
                        "upkeep.yaml:4:16: \"healthz\" is no path; write it like /healthz, begin with a slash and "
                                + "encode what is unusual; or write none");
        assertThat(problems(HEAD + "app: { health: '/a\";' }\n"))
                .singleElement()
                .asString()
                .contains("is no path");
        assertThat(problems(HEAD + "app: { health-limit: 1h }\n"))
                .containsExactly(
                        "upkeep.yaml:4:22: 3600000 ms is no limit for the answer to a health check; use 50ms to 4s");
        assertThat(problems(HEAD + "app: none\n"))
                .containsExactly(
                        "upkeep.yaml:4:6: there is neither an application nor a site; add site: with a folder, or an "
                                + "application");
    }

    @Test
    void readsWhatNginxAllows() {
        assertThat(read(HEAD, Map.of()).spec().nginx()).isEqualTo(NginxLimits.standard());
        assertThat(read(HEAD + "nginx: { max-body: 20MB, answer-within: 2m }\n", Map.of())
                        .spec()
                        .nginx())
                .isEqualTo(new NginxLimits(20, Duration.ofMinutes(2)));
        assertThat(read(HEAD + "nginx: { max-body: 1GB }\n", Map.of()).spec().nginx())
                .isEqualTo(NginxLimits.standard().bodiesUpTo(1024));
    }

    @Test
    void saysWhereWhatNginxAllowsIsWrong() {
        assertThat(problems(HEAD + "nginx: { max-body: 20m, answer-within: 500ms }\n"))
                .containsExactly(
                        "upkeep.yaml:4:20: \"20m\" is not a size; write a whole number and its unit, such as 20MB or 1GB",
                        "upkeep.yaml:4:40: 500 ms is no limit for the answer of an application; use whole seconds, 1s to 1h");
        assertThat(problems(HEAD + "nginx: { max-body: 11GB, answer-within: 2h }\n"))
                .containsExactly(
                        "upkeep.yaml:4:20: 11264 MB is no limit for the body of a request; use 1MB to 10240MB",
                        "upkeep.yaml:4:41: 7200000 ms is no limit for the answer of an application; use whole seconds, 1s to 1h");
        assertThat(problems(HEAD + "nginx: { max-bdy: 20MB }\n"))
                .singleElement()
                .asString()
                .startsWith("upkeep.yaml:4:10: unknown key \"max-bdy\"")
                .contains("max-body");
    }

    @Test
    void readsHowImagesAreBuiltAndSaysWhereThatIsWrong() {
        ImageSettings images = read(
                        HEAD + "images: { registry: 'r.example.org:5000/team', platforms: [linux/arm64, amd64] }\n",
                        Map.of())
                .spec()
                .images();

        assertThat(images.registry()).contains("r.example.org:5000/team");
        assertThat(images.nginx()).isEqualTo(ImageSettings.DEFAULT_NGINX);
        assertThat(images.platforms()).containsExactly(Architecture.ARM64, Architecture.AMD64);
        assertThat(problems(HEAD + "images: { registry: team, platforms: [linux/mips], regsitry: x }\n"))
                .containsExactly(
                        "upkeep.yaml:4:21: \"team\" is no registry; begin with its host name, such as "
                                + "registry.example.org/team",
                        "upkeep.yaml:4:39: \"linux/mips\" is no platform for an image; use linux/amd64 or linux/arm64",
                        "upkeep.yaml:4:52: unknown key \"regsitry\"; did you mean \"registry\"?");
    }

    @Test
    void aSiteHasNoApplicationUnlessOneIsNamed() {
        String file = "stack: shop\nplatform: local\nversion: 1\n";
        assertThat(read(file, Map.of()).spec().app()).contains(AppSpec.sample());
        assertThat(read(file + "site: ./site", Map.of()).spec().app()).isEmpty();
        assertThat(read(file + "site: ./site\napp: none", Map.of()).spec().app())
                .isEmpty();
        assertThat(read(file + "site: ./site\napp: { port: 81 }", Map.of())
                        .spec()
                        .app())
                .isPresent();
    }

    @Test
    void takesAVersionAsItIsWrittenAndNotAsANumber() {
        assertThat(read("stack: shop\nplatform: local\nversion: 1.10\n", Map.of())
                        .spec()
                        .version())
                .isEqualTo("1.10");
    }

    @Test
    void readsWhichPathsMustBeReadyAndTellsNoneFromNothingSaid() {
        assertThat(read(HEAD, Map.of()).check().ready()).isEmpty();
        assertThat(read(HEAD + "check: { ready: [] }\n", Map.of()).check().ready())
                .contains(List.of());
        assertThat(read(HEAD + "check: { ready: [/health, \"${MORE}\"] }\n", Map.of("MORE", "/more?x=y"))
                        .check()
                        .ready())
                .contains(List.of("/health", "/more?x=y"));
        assertThat(problems(HEAD + "check: { ready: [/health, more] }\n"))
                .singleElement()
                .asString()
                .contains("not a path that can be asked: \"more\"");
    }

    @Test
    void readsOtherExpectations() {
        assertThat(expectation("range: ^1.0.0")).isEqualTo("in range ^1.0.0");
        assertThat(expectation("pattern: v(.*)")).isEqualTo("matching v(.*)");
        assertThat(expectation("json-field: version")).isEqualTo("1.0.6 in JSON field version");
        assertThat(expectation("{ json-field: /a/b, range: 1.x }")).isEqualTo("in range 1.x in JSON field /a/b");
    }

    @Test
    void expectsWhatWasDeployedUnlessTheFileStatesARange() {
        assertThat(read(HEAD, Map.of()).check().whenDeployed("1.0.7").expected())
                .isEqualTo(ExpectedVersion.exactly("1.0.7"));
        assertThat(whenDeployed("json-field: version")).isEqualTo("1.0.7 in JSON field version");
        assertThat(whenDeployed("range: ^1.0.0")).isEqualTo("in range ^1.0.0");
    }

    private String whenDeployed(String yaml) {
        return read(HEAD + "check: { expect: { " + yaml + " } }\n", Map.of())
                .check()
                .whenDeployed("1.0.7")
                .expected()
                .description();
    }

    private String expectation(String yaml) {
        String inner = yaml.startsWith("{") ? yaml : "{ " + yaml + " }";
        return read(HEAD + "check: { expect: " + inner + " }\n", Map.of())
                .check()
                .expected()
                .description();
    }

    @Test
    void readsWhatRunsReleasesOnThisMachine() {
        assertThat(read(HEAD + "local: { engine: docker, network: inner }\n", Map.of())
                        .spec()
                        .settings())
                .isEqualTo(new LocalSettings(0, LocalSettings.Engine.DOCKER, "inner"));
        assertThat(problems(HEAD + "local: { engine: dokcer, network: host }\n"))
                .containsExactly(
                        "upkeep.yaml:4:18: \"dokcer\" is not a known engine; did you mean \"docker\"?",
                        "upkeep.yaml:4:35: \"host\" cannot be the network of the containers; name one that docker network ls"
                                + " shows, but not host: an application there would reach all that the machine reaches");
    }

    @Test
    void namesEveryMistakeInTheOrderOfTheFile() {
        assertThat(problems("""
                stack: My Shop
                platform: azure
                shape: singel
                instances: many
                verison: 1.0.6
                app:
                  prot: 8080
                  port: 80800
                domain: example.org
                local: { port: 99999 }
                check:
                  path: version.txt
                  url: ftp://example.org
                  timeout: 10
                  attempts: 9
                  expect: { range: nonsense }
                  headers: { Authorization: written-out }
                wait: { rounds: 0 }
                """))
                .containsExactly(
                        "upkeep.yaml:1:1: the key \"version\" is missing; say what /version.txt must answer",
                        "upkeep.yaml:1:8: \"My Shop\" is no stack name; use 1 to 24 lower-case letters, digits and hyphens, beginning "
                                + "with a letter",
                        "upkeep.yaml:2:11: \"azure\" is not a platform; expected is one of aws, local",
                        "upkeep.yaml:3:8: \"singel\" is not a shape; did you mean \"single\"?",
                        "upkeep.yaml:4:12: \"many\" is not a whole number",
                        "upkeep.yaml:5:1: unknown key \"verison\"; did you mean \"version\"?",
                        "upkeep.yaml:7:3: unknown key \"prot\"; did you mean \"port\"?",
                        "upkeep.yaml:8:9: 80800 is no port; use 1 to 65535",
                        "upkeep.yaml:9:9: \"domain\" holds keys of its own; put them below it, indented",
                        "upkeep.yaml:10:16: 99999 is no port; use 1 to 65535, or leave it out",
                        "upkeep.yaml:12:9: \"version.txt\" is not a path; it must begin with /",
                        "upkeep.yaml:13:8: not an address that can be checked: \"ftp://example.org\"; expected is one such as "
                                + "https://www.example.org/version.txt",
                        "upkeep.yaml:14:12: \"10\" is not a time; write a number and its unit, such as 500ms, 10s or 2m",
                        "upkeep.yaml:15:13: \"attempts\" must lie between 1 and 3, found 9",
                        "upkeep.yaml:16:20: not a range of versions: \"nonsense\"; expected is npm's notation, such as ^1.0.0 or "
                                + ">=1.0.6 <2",
                        "upkeep.yaml:17:29: the value of the header \"Authorization\" is written out; put it into an environment "
                                + "variable and write ${NAME}, so that no secret stands in the file",
                        "upkeep.yaml:18:7: a gate of 0 rounds every 2s within 10m cannot be passed; expected is at least one "
                                + "round, and no negative time");
    }

    @Test
    void namesKeysThatStandTwice() {
        assertThat(problems(HEAD + "version: 1.0.7\n"))
                .containsExactly(
                        "upkeep.yaml:4:1: the key \"version\" stands here for the second time; the first is in line 3");
    }

    @Test
    void saysWhatTheParserStumbledOver() {
        assertThat(problems(HEAD + "local:\n\tport: 80\n"))
                .containsExactly(
                        "upkeep.yaml:5:1: this is not YAML: while scanning for the next token, found character "
                                + "'\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)");
        assertThat(problems("stack: [a\n"))
                .singleElement()
                .asString()
                .contains("while parsing a flow sequence, expected ',' or ']', but got <stream end>");
    }

    @Test
    void tellsANumberThatIsTooLargeFromNone() {
        assertThat(problems(HEAD + "instances: 99999999999999999999\n"))
                .containsExactly("upkeep.yaml:4:12: \"99999999999999999999\" is too large a number");
    }

    @Test
    void refusesWhatIsNoSingleValueAndWhatHasNone() {
        assertThat(problems("stack: [a]\nplatform:\nversion: { a: b }\n"))
                .containsExactly(
                        "upkeep.yaml:1:8: \"stack\" is one value, not a list or a section",
                        "upkeep.yaml:2:10: \"platform\" has no value; write one, or take the key away",
                        "upkeep.yaml:3:10: \"version\" is one value, not a list or a section");
    }

    @Test
    void putsTheEnvironmentIntoValues() {
        String yaml = "stack: ${NAME:-shop}\nplatform: local\nversion: ${MAJOR}.${MINOR:-0}\n";

        assertThat(read(yaml, Map.of("MAJOR", "2")).spec().version()).isEqualTo("2.0");
        assertThat(read(yaml, Map.of("MAJOR", "2", "MINOR", "", "NAME", "x"))
                        .spec()
                        .name()
                        .text())
                .isEqualTo("x");
    }

    @Test
    void namesTheVariableThatIsNotSetAndItsPlace() {
        assertThat(problems("stack: shop\nplatform: local\nversion: ${VERSION}\n"))
                .containsExactly(
                        "upkeep.yaml:3:10: the environment variable VERSION is not set; set it, or write ${VERSION:-default}");
        assertThat(problems("stack: ${ill formed}\nplatform: local\nversion: ${open\n"))
                .containsExactly(
                        "upkeep.yaml:1:8: ${ill formed} does not name an environment variable; write ${NAME} or ${NAME:-default}",
                        "upkeep.yaml:3:10: ${ without its }; write $${ where the characters ${ themselves are meant");
    }

    @Test
    void neverShowsWhatCameOutOfTheEnvironment() {
        ConfigException e =
                refusal("stack: ${SECRET}\nplatform: ${SECRET}\nversion: 1\n", Map.of("SECRET", "Hush Hush"));

        assertThat(lines(e))
                .containsExactly(
                        "upkeep.yaml:1:8: \"${SECRET}\" is no stack name; use 1 to 24 lower-case letters, digits and hyphens, beginning "
                                + "with a letter",
                        "upkeep.yaml:2:11: \"${SECRET}\" is not a platform; expected is one of aws, local");
    }

    @Test
    void refusesWhatIsNoYaml() {
        assertThat(problems("stack: [")).singleElement().asString().startsWith("upkeep.yaml:1:9: this is not YAML: ");
        assertThat(problems(""))
                .containsExactly("upkeep.yaml:1:1: the file is empty; upkeep init writes one to start from");
        assertThat(problems("- a\n"))
                .containsExactly("upkeep.yaml:1:1: expected are keys and values, such as stack: shop");
        assertThat(problems(HEAD + "---\nstack: b\n"))
                .singleElement()
                .asString()
                .contains("a second document begins here");
        assertThat(problems("stack: &a shop\nplatform: local\nversion: *a\n"))
                .containsExactly("upkeep.yaml:3:10: aliases (*name) are not supported; write the value out");
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        assertThat(refused(folder.resolve("none.yaml")))
                .containsExactly("there is no file none.yaml; write one with upkeep init, or name another with --file");
        assertThat(refused(Files.createDirectory(folder.resolve("folder.yaml"))))
                .containsExactly("cannot read folder.yaml: it is a folder");
        assertThat(refused(Files.write(
                        folder.resolve("latin.yaml"), "stack: \u00e9".getBytes(StandardCharsets.ISO_8859_1))))
                .containsExactly("latin.yaml is not text in UTF-8; save it as such");
        assertThat(refused(Files.write(folder.resolve("large.yaml"), new byte[2_000_000])))
                .containsExactly("large.yaml is larger than 1 MiB; is it the right file?");
    }

    private List<String> problems(String yaml) {
        return lines(refusal(yaml, Map.of()));
    }

    private ConfigException refusal(String yaml, Map<String, String> environment) {
        return assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read(yaml, environment))
                .actual();
    }

    private List<String> refused(Path file) {
        return lines(assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigReader.read(file, file.getFileName().toString(), Map.of()))
                .actual());
    }

    private static List<String> lines(ConfigException e) {
        return e.problems().stream().map(ConfigProblem::toString).toList();
    }

    private Config read(String yaml, Map<String, String> environment) {
        try {
            Path file = Files.writeString(folder.resolve("upkeep.yaml"), yaml);
            return ConfigReader.read(file, "upkeep.yaml", environment);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
