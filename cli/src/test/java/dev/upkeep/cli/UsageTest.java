package dev.upkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    private static final String URL = "http://127.0.0.1:1/version.txt";

    private static final String READ_BY_USERS =
            "\\.\\./([A-Z]+\\.md|(docs|examples|nginx|cli/src/main|infra-core/src/main|checker-core/src/main)/[^.]*\\.(md|java|yml|yaml|mustache))";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "doctor",
                "plan",
                "template",
                "policy",
                "adopt",
                "apply",
                "status",
                "logs",
                "destroy",
                "check",
                "wait",
                "demo",
                "schema",
                "completion",
                "version"
            })
    void everyCommandHasHelpWithExitCodes(String command) {
        Run run = Run.in(folder, command, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: upkeep " + command).containsIgnoringCase("exit codes");
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Examples:%n  ".formatted()).containsPattern("upkeep " + command);
        assertThat(Run.in(folder, "help", command).out()).isEqualTo(run.out());
    }

    @Test
    void whatACommandIsForFlowsToTheEndOfTheLine() {
        List<String> about = Run.in(folder, "adopt", "--help")
                .out()
                .lines()
                .dropWhile(line -> !line.startsWith("Takes what exists"))
                .skip(1)
                .takeWhile(line -> !line.startsWith(" "))
                .toList();

        assertThat(about).hasSizeGreaterThan(3);
        assertThat(about.subList(0, about.size() - 1))
                .allSatisfy(line -> assertThat(line.length()).isBetween(80, 100));
    }

    @Test
    void theWordAloneShowsHelpAndFails() {
        Run run = Run.in(folder);

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("First steps:", "upkeep demo");
    }

    @Test
    void anotherMachineImageIsRefusedWhereThereIsNoneToBeTaken() throws IOException {
        String stack = "stack: shop\nversion: 1.0.6\nsite: ./site\n";
        Files.writeString(folder.resolve("local.yaml"), stack + "platform: local\n");
        Files.writeString(
                folder.resolve("named.yaml"),
                stack + "platform: aws\nregion: eu-west-1\naws: { image: ami-0123456789abcdef0 }\n");

        Run local = Run.in(folder, "plan", "--upgrade-image", "--file", "local.yaml");
        Run named = Run.in(folder, "apply", "--upgrade-image", "--file", "named.yaml");
        Run saved = Run.in(folder, "apply", "--upgrade-image", "change.plan");
        Run destroy = Run.in(folder, "plan", "--upgrade-image", "--destroy");

        assertThat(List.of(local.code(), named.code(), saved.code(), destroy.code()))
                .containsOnly(64);
        assertThat(local.err()).contains("--upgrade-image is for stacks on AWS, and the file says platform: local");
        assertThat(named.err())
                .contains("--upgrade-image finds none newer than ami-0123456789abcdef0, which the file names");
        assertThat(saved.err()).contains("--upgrade-image says nothing about a saved plan");
        assertThat(destroy.err()).contains("--upgrade-image says nothing about --destroy");
    }

    @Test
    void nothingThatUsersReadMentionsACommandThatDoesNotExist() throws IOException {
        Path root = Path.of("..");
        Pattern mention = Pattern.compile("\\bupkeep ([a-z]+)");
        try (Stream<Path> files =
                Files.walk(root).filter(file -> file.toString().matches(READ_BY_USERS))) {
            for (Path file : files.toList()) {
                List<String> words = Files.readAllLines(file).stream()
                        .filter(line -> !line.matches("\\s*(\\*|/\\*\\*|//).*|.*shellcheck.*"))
                        .flatMap(line -> mention.matcher(line).results().map(match -> match.group(1)))
                        .toList();

                assertThat(words).as(file.toString()).isSubsetOf(commands());
            }
        }
    }

    private List<String> commands() {
        return Run.in(folder, "help")
                .out()
                .lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.strip().split(" ", 2)[0])
                .toList();
    }

    @Test
    void hidesWhatIsNotForPeople() {
        assertThat(Run.in(folder, "--help").out()).contains("check").doesNotContain("train");
    }

    @Test
    void suggestsTheCommandThatWasProbablyMeant() {
        Run run = Run.in(folder, "chekc");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err())
                .isEqualTo(
                        "error: there is no command \"chekc\"; did you mean check?%nTry upkeep --help%n".formatted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chekc --help             | there is no command \"chekc\"; did you mean check?",
                "--debug chekc -h         | there is no command \"chekc\"; did you mean check?",
                "nosuch --help            | there is no command \"nosuch\"",
                "help nosuch              | there is no command \"nosuch\"",
                "help aply                | there is no command \"aply\"; did you mean apply?",
                "trian                    | there is no command \"trian\"",
                "--verison                | there is no option --verison; did you mean --version?",
                "-v                       | there is no option -v; did you mean -V?",
                "-f x.yaml status         | there is no option -f; options of a command stand behind it: upkeep COMMAND -f",
                "check --expct 1 http://x | there is no option --expct; did you mean --expect?",
                "check http://x http://y  | nothing is expected where \"http://y\" stands",
                "plan extra               | nothing is expected where \"extra\" stands",
                "plan --output            | --output needs a value behind it: FORMAT",
                "check --attempts many    | --attempts: \"many\" is not a whole number",
                "check --attempts 9999999999999 | --attempts: \"9999999999999\" is not a whole number, or too large",
                "logs i1 db               | \"db\" writes no log; expected is app, web or edge",
                "logs I1                  | \"I1\" is no instance id; use lower-case letters, digits and hyphens, such as i1",
                "logs --lines -1          | --lines: -1 lines cannot be read; ask for 0 to 10000",
                "logs --lines 10001       | --lines: 10001 lines cannot be read; ask for 0 to 10000",
                "logs --since soon        | --since: \"soon\" is not a time; write a number and its unit, such as 500ms, 10s or 2m",
                "logs --follow -o json    | --follow has no end, and a JSON document has one; use --output jsonl",
                "schema                   | WHICH is missing: config, check, heal, stack or images.",
                "schema chekc             | \"chekc\" has no schema; expected is config, check, heal, stack or images",
            })
    void saysInPlainWordsWhichWordIsWrong(String words, String complaint) {
        Run run = Run.in(folder, words.split(" ", -1));

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error: " + complaint);
        assertThat(run.code()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--debug check ftp://x/ -o nagios",
                "check ftp://x/ -o=nagios",
                "check --attempts many http://x/ --output nagios",
                "wait --nonsense http://x/ --output=nagios",
                "check http://x/ -e 1 -onagios -6 -4",
                "--debug wait --file nowhere.yaml -o nagios",
            })
    void whatNagiosAsksForEndsWithUnknownAndALineOfItsOwnHoweverWrongItIs(String words) {
        Run run = Run.in(folder, words.split(" ", -1));

        assertThat(run.out()).startsWith("UPKEEP UNKNOWN - ").hasLineCount(1);
        assertThat(run.code()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"check http://x/ -e -o nagios", "check http://x/ -H X:-o --also nagios -4 -6", "plan -o nagios"})
    void whatOnlyLooksLikeNagiosIsNot(String words) {
        Run run = Run.in(folder, words.split(" ", -1));

        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "wait", "status", "--debug check", "--debug status"})
    void aJudgeThatFailsSaysNothingAboutTheTarget(String words) throws IOException {
        Files.writeString(folder.resolve("upkeep.yaml"), "stack: shop\nplatform: local\nversion: 1.0.6\n");
        Files.writeString(folder.resolve("state"), "");
        Map<String, String> environment =
                Map.of("XDG_STATE_HOME", folder.resolve("state").toString());

        Run run = Run.in(folder, environment, words.split(" ", -1));

        assertThat(run.err()).contains("error: ");
        assertThat(run.code()).isEqualTo(3);
    }

    @Test
    void showsTheListOfCommandsInOneSentenceEach() {
        List<String> commands = Run.in(folder, "help")
                .out()
                .lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .toList();

        assertThat(commands).hasSize(28).allMatch(line -> line.endsWith("."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--timeout 5               | \"5\" is not a time; write a number and its unit, such as 500ms, 10s or 2m",
                "--timeout 0s              | the total time of a check is zero",
                "--timeout 2h              | it must lie between zero and 1h",
                "--attempts 9              | a check makes 1 to 3 attempts, not 9",
                "--accept 2xx              | not a list of HTTP statuses: \"2xx\"",
                "--follow me               | expected is same-host or any-host",
                "--output xml              | \"xml\" is not a format here; expected is one of human, json, jsonl, junit,",
                "--connect-to nowhere      | is not HOST:PORT",
                "--connect-to ::1:80       | is not HOST:PORT",
                "--connect-to h:99999      | is not HOST:PORT",
                "--method HEAD             | only GET and POST",
                "--header X                | a name, a colon and a value are expected",
                "--header Host:x           | the header Host is the checker's own",
                "--expect-range nonsense   | not a range of versions",
                "--expect-pattern (        | --expect-pattern: \"(\" is not a regular expression: Unclosed group",
                "--expect 1 --expect-range 2 | say the same thing in different ways",
                "-4 -6                     | -4 and -6 exclude each other",
                "--cert c.pem              | --cert and --key belong together",
                "--ca none.pem             | --ca: cannot read",
                "--insecure --ca none.pem  | choose one",
                "--file upkeep.yaml        | two different things to check",
                "--proxy h:1 --connect-to h:2 | choose one",
                "--body-limit 0            | must lie between 1 byte and 1 MiB",
                "--certificate-days -1     | cannot be asked to have -1 days left",
                "--nonsense                | there is no option --nonsense",
            })
    void refusesWhatMakesNoSense(String words, String complaint) {
        Run run = Run.in(folder, ("check " + URL + " " + words).split(" ", -1));

        assertThat(run.err()).contains(complaint).doesNotContain("Exception", "\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "www.example.org/version.txt      | did you mean https://www.example.org/version.txt ?",
                "ftp://www.example.org/           | not an address that can be checked",
                "https://user:pass@example.org/   | carries a user or password",
                "https://exa mple.org/            | is not a URL",
                "http://my_host/                  | it holds an underscore",
                "https://:80/                     | not an address that can be checked",
            })
    void refusesWhatIsNoUrl(String url, String complaint) {
        Run run = Run.in(folder, "check", url);

        assertThat(run.err()).contains(complaint).doesNotContain("pass@");
        assertThat(run.code()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:sec^ret@127.0.0.1:1/v",
                "http://user:sec#ret@127.0.0.1:1/v",
                "http://user:sec/ret@127.0.0.1:1/v",
                "http://user:sec%ret@127.0.0.1:1/v",
                "http://user:sec?ret@127.0.0.1:1/v",
                "http://user:s@cret@127.0.0.1:1/v",
                "http://user:secret@my_host:1/v",
                "http://user:sec ret@127.0.0.1:1/v",
                "http://user:secret@127.0.0.1:1/v",
                "user:secret@127.0.0.1:1/v",
            })
    void noRefusalShowsAPassword(String url) throws IOException {
        Files.writeString(
                folder.resolve("upkeep.yaml"),
                "stack: shop\nplatform: local\nversion: 1.0.6\ncheck: { url: \"" + url + "\" }\n");

        for (List<String> words : List.of(
                List.of("check", url, "-o", "nagios"), List.of("--debug", "wait", url), List.of("--debug", "check"))) {
            Run run = Run.in(folder, words.toArray(String[]::new));

            assertThat(run.out() + run.err())
                    .contains("***@", "carries a user or password, which would end up in logs")
                    .doesNotContain("cret", "sec^", "sec#", "sec/", "sec%", "sec ret", "ret@");
            assertThat(run.code()).isNotZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:secret@host/",
                "check http://x http://user:secret@host/",
                "check http://x/?token=secret http://x/?token=secret",
                "check http://x --proxy http://user:secret@proxy:3128",
                "check http://x --connect-to user:secret@host",
                "check http://x --haeder=Authorization:secret",
                "check ftp://x/?token=secret",
                "check http://x/\uFFFD?token=secret",
                "help http://user:secret@host/",
            })
    void noWordInTheWrongPlaceShowsASecret(String words) {
        Run run = Run.in(folder, words.split(" ", -1));

        assertThat(run.out() + run.err()).startsWith("error: ").doesNotContain("secret");
        assertThat(run.code()).isEqualTo(64);
    }

    @Test
    void aHeaderWithoutItsOptionIsNotShown() {
        Run run = Run.in(folder, "check", "http://x", "Authorization: secret");

        assertThat(run.err()).startsWith("error: nothing is expected where \"Authorization: ***\" stands");
    }

    @Test
    void exitsWith78AndSaysEverythingThatIsWrongWithTheFile() throws IOException {
        Files.writeString(folder.resolve("upkeep.yaml"), "stack: Shop\nplatform: lokal\nverison: 1\n");

        for (String command : List.of("plan", "apply", "status", "destroy", "check", "wait")) {
            Run run = Run.in(folder, command);

            assertThat(run.code()).isEqualTo(78);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().lines())
                    .containsExactly(
                            "upkeep.yaml:1:1: the key \"version\" is missing; say what /version.txt must answer",
                            "upkeep.yaml:1:8: \"Shop\" is no stack name; use 1 to 24 lower-case letters, digits and hyphens, "
                                    + "beginning with a letter",
                            "upkeep.yaml:2:11: \"lokal\" is not a platform; did you mean \"local\"?",
                            "upkeep.yaml:3:1: unknown key \"verison\"; did you mean \"version\"?");
        }
    }

    @Test
    void printsTemplateAndPolicyOfAStackOnAwsOnly() throws IOException {
        Path file = folder.resolve("upkeep.yaml");
        Files.writeString(file, "stack: shop\nplatform: aws\nregion: eu-west-1\nversion: 1.0.6\n");
        assertThat(Run.in(folder, "template").out()).contains("\"AWS::EC2::EIP\"", "the servers of shop");
        assertThat(Run.in(folder, "template", "--base").out()).contains("\"shop/web\"", "\"shop/app\"");
        assertThat(Run.in(folder, "policy").out()).contains("\"ec2:AllocateAddress\"", "\"aws:RequestedRegion\"");

        Files.writeString(file, "stack: shop\nplatform: local\nversion: 1.0.6\n");
        Run refused = Run.in(folder, "template");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo(
                        "error: platform local has no template; write platform: aws for a stack on AWS%n".formatted());
        assertThat(Run.in(folder, "adopt").err())
                .isEqualTo("error: platform local has no resources to adopt; write platform: aws for a stack on AWS%n"
                        .formatted());
    }

    @Test
    void saysWhereASettingOfAwsIsWrong() throws IOException {
        Files.writeString(folder.resolve("upkeep.yaml"), """
                stack: shop
                platform: aws
                region: eu-west-1
                version: 1.0.6
                shape: highly-available
                aws:
                  network: 10.20.0.1/16
                  zones: [eu-west-1a]
                  private: yes
                  type: t4g
                  image: ubuntu
                  disk: 8
                  check-every: 1s
                  ssh-from: 0.0.0.0/0
                  address: 192.0.2.1
                  alarm-mail: nobody
                  log-days: 31
                  access-logs: s3://logs/
                  keep: [images, log]
                  tags: { "aws:x": y }
                  tipe: t3.micro
                """);

        Run run = Run.in(folder, "template");

        assertThat(run.code()).isEqualTo(78);
        assertThat(run.err().lines())
                .containsExactlyInAnyOrder(
                        "upkeep.yaml:7:12: \"10.20.0.1/16\" is no block of IPv4 addresses; the block with this address begins at"
                                + " 10.20.0.0/16",
                        "upkeep.yaml:8:11: a stack stands in two to six different zones; name as many, or none",
                        "upkeep.yaml:9:12: \"yes\" is not a word for this; expected is one of true, false",
                        "upkeep.yaml:10:9: \"t4g\" is no type of an instance; write it like t3.micro",
                        "upkeep.yaml:11:10: \"ubuntu\" is no machine image; write amazon-linux-2023, debian-12, debian-13, baked, or an id"
                                + " like ami-0123456789abcdef0",
                        "upkeep.yaml:12:9: \"8\" is not a size; write a whole number of gigabytes, such as 20GB",
                        "upkeep.yaml:13:16: 1000 ms is no time between two checks; use 5s to 300s",
                        "upkeep.yaml:14:13: 0.0.0.0/0 is much of the internet; open SSH to the addresses of your own network only,"
                                + " such as 198.51.100.7/32",
                        "upkeep.yaml:15:12: \"192.0.2.1\" is no allocation of an Elastic IP; write its id, like"
                                + " eipalloc-0123456789abcdef0, which aws ec2 describe-addresses shows",
                        "upkeep.yaml:16:15: \"nobody\" is no mail address; write it like ops@example.org",
                        "upkeep.yaml:17:13: logs cannot be kept for 31 days; use one of [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180,"
                                + " 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]",
                        "upkeep.yaml:18:16: \"s3://logs/\" is no name of a bucket; write the name only, like example-access-logs",
                        "upkeep.yaml:19:18: \"log\" is not a thing that a destroy can keep; did you mean \"logs\"?",
                        "upkeep.yaml:20:20: \"aws:x\" cannot be a tag with this value; use letters, digits, spaces and _.:/=+-@, up to"
                                + " 128 for the key and 256 for the value; aws: and upkeep: are taken",
                        "upkeep.yaml:21:3: unknown key \"tipe\"; did you mean \"type\"?");
    }

    @Test
    void initWritesAFileThatItCanReadAndReplacesNone() throws IOException {
        Run first = Run.in(folder, "init", "--stack", "shop");
        String written = Files.readString(folder.resolve("upkeep.yaml"));
        Run second = Run.in(folder, "init", "--stack", "other");

        assertThat(first.code()).isZero();
        assertThat(written)
                .startsWith("# yaml-language-server: $schema=.upkeep.schema.json")
                .contains("stack: shop ");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("is there already, and was not touched");
        assertThat(folder.resolve("upkeep.yaml")).hasContent(written);
        assertThat(folder.resolve(".upkeep.schema.json"))
                .hasContent(Run.in(folder, "schema", "config").out());
    }

    @Test
    void initRefusesAStackNameThatIsNone() {
        Run run = Run.in(folder, "init", "--stack", "My Shop");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains("--stack: \"My Shop\" is no stack name");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void doctorNamesWhatIsMissingAndWhatToDo() throws IOException {
        Files.writeString(folder.resolve("upkeep.yaml"), "stack: shop\nplatform: local\nverison: 1\n");

        Run run = Run.in(folder, Map.of("XDG_STATE_HOME", folder.toString()), "doctor");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("ok       Java ")
                .contains("problem  upkeep.yaml:3:1: unknown key \"verison\"; did you mean \"version\"?")
                .endsWith("to put right." + System.lineSeparator());
    }

    @Test
    void doctorSeesWhatAPlanWouldStumbleOver() throws IOException {
        Files.writeString(
                folder.resolve("upkeep.yaml"), "stack: shop\nplatform: local\nversion: 1.0.6\nsite: ./nowhere\n");

        Run run = Run.in(folder, Map.of("XDG_STATE_HOME", folder.toString()), "doctor");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("problem  upkeep.yaml:4:7: there is no folder " + folder.resolve("nowhere"));
    }

    @Test
    void keepsItsStateWhereTheEnvironmentSays() {
        Path home = folder.resolve("home");

        assertThat(Run.in(folder, Map.of("HOME", home.toString()), "doctor").out())
                .contains("state folder " + home.resolve(".local/state/upkeep"));
        assertThat(Run.in(folder, Map.of("HOME", home.toString(), "XDG_STATE_HOME", folder.toString()), "doctor")
                        .out())
                .contains("state folder " + folder.resolve("upkeep"));
        assertThat(Run.in(folder, Map.of("HOME", "relative"), "doctor").out())
                .contains("state folder " + System.getProperty("user.home"));
    }

    @Test
    void completionIsForEveryCommand() {
        Run run = Run.in(folder, "completion");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("check", "--expect-json-field", "apply", "complete -F");
    }

    @Test
    void completionOffersWordsAsTheyAreUnderstood() {
        Run run = Run.in(folder, "completion");

        assertThat(run.out()).contains("(\"human\" \"json\" \"jsonl\" \"junit\"", "(\"same-host\" \"any-host\")");
    }

    @Test
    void healOffersOnlyTheFormatsThatItWrites() {
        Run help = Run.in(folder, "heal", "--help");
        Run refused = Run.in(folder, "heal", URL, "--here", "--output", "junit");

        assertThat(help.out()).contains("human (default), json.").doesNotContain("prometheus");
        assertThat(refused.code()).isEqualTo(64);
        assertThat(refused.err()).contains("\"junit\" is not a format here; expected is one of human, json");
        assertThat(Run.in(folder, "completion").out()).containsPattern("\\(\"human\" \"json\"\\)");
    }

    @Test
    void sayWhichVersionThisIs() {
        assertThat(Run.in(folder, "version").out()).startsWith("upkeep ").contains("Java ");
        assertThat(Run.in(folder, "--version")).isEqualTo(Run.in(folder, "version"));
    }
}
