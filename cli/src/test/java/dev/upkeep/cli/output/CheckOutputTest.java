package dev.upkeep.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.cli.terminal.Palette;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckOutputTest {

    @Test
    void tellsPeopleTheFactsOfOnePlaceInAFewLines() {
        assertThat(human(Reports.up())).isEqualTo("""
            UP  https://www.example.org/version.txt serves 1.0.6
              expected     1.0.6
              address      192.0.2.7:443
              time         41 ms = resolve 2.0 ms + connect 8.0 ms + tls 20 ms + first byte 9.0 ms + body 1.0 ms
                           [rrccccccccttttttttttttttttttttfffffffffb]
              certificate  CN=www.example.org, until 2027-02-10 (79 days), TLSv1.3
            """);
    }

    @Test
    void tellsPeopleWhatToDo() {
        assertThat(human(Reports.stale())).startsWith("""
            STALE  https://www.example.org/version.txt serves 1.0.5, expected is 1.0.6
              what to do   wait for the deployment to end, or find out why it did not
            """);
        assertThat(human(Reports.notAsked())).isEqualTo("""
            UNKNOWN  https://www.example.org/version.txt could not be measured: the target failed too often and is not asked for a while
              what to do  wait; the next check after the pause asks again
              expected    1.0.6
            """);
    }

    @Test
    void showsEachAttemptWhenThereWasMoreThanOne() {
        assertThat(human(Reports.upOnTheSecondAttempt()))
                .startsWith("UP  https://www.example.org/version.txt serves 1.0.6 (on attempt 2)\n")
                .contains("  attempt 1    the connection was reset after 3.0 ms\n");
    }

    @Test
    void showsWarningsOfWhatIsUp() {
        assertThat(human(Reports.upWithWarning())).endsWith("  warning  the certificate ends in 9 days\n");
    }

    @Test
    void tellsPeopleOfManyPlacesInATable() {
        assertThat(human(Reports.degraded())).isEqualTo("""
            DEGRADED  stack shop: serves users, but i2 is down
              place  status  version  address        time
              edge   UP      1.0.6    192.0.2.7:443  42 ms
              i1     UP      1.0.6    192.0.2.7:443  42 ms
              i2     DOWN    -        192.0.2.7:443  42 ms
              i2 is down: the connection was refused (Connection refused)
                -> check that the server runs and listens on this port
            """);
        assertThat(human(Reports.mixed()))
                .startsWith("MIXED  stack shop: the instances do not agree on a version: 1.0.5, 1.0.6\n");
    }

    @Test
    void tellsPeopleWhatIsReadyAndWhatIsNot() {
        assertThat(human(Reports.ready())).endsWith("  ready        /health: status 204 after 3.0 ms\n");
        assertThat(human(Reports.notReady()))
                .startsWith(
                        "DOWN  https://www.example.org/version.txt is down: a version is served, but users get errors: "
                                + "it is not ready (/health answered with status 503)\n")
                .endsWith("  not ready    /health: status 503 after 4.0 ms\n")
                .doesNotContain("token=x");
        assertThat(human(Reports.degradedByReadiness()))
                .startsWith("DEGRADED  stack shop: serves users, but i2 is down; i1 is not ready\n")
                .contains("  i1     DOWN    1.0.6 ");
        assertThat(human(Reports.notReadyAtTheEdge()))
                .startsWith("DOWN  stack shop: users get errors: the edge, i1, i2 are not ready\n");
        assertThat(human(Reports.noInstanceIsReady()))
                .startsWith("DOWN  stack shop: no instance can serve users: i1, i2 are not ready\n");
    }

    @Test
    void tellsHowAPlaceWasAskedThatNobodyCanConnectTo() {
        assertThat(human(Reports.askedByOthers()))
                .startsWith("UNKNOWN  stack shop: i-2 could not be measured\n")
                .containsPattern("  i-1 +UP +1\\.0\\.6 +through Run Command +")
                .containsPattern("  i-2 +UNKNOWN +- +through Run Command +")
                .contains("(its agent is not online)\n    -> see what was found on that way")
                .endsWith("  note  the file says 1.0.5\n");
        assertThat(text(OutputFormat.JSON, Reports.askedByOthers()))
                .contains("\"note\" : \"the file says 1.0.5\"", "\"way\" : \"Run Command\"");
        assertThat(text(OutputFormat.JSON, Reports.mixed())).doesNotContain("\"note\"", "\"way\"");
    }

    @Test
    void namesOnlyPlacesThatWereAsked() {
        assertThat(human(Reports.fleetUp())).startsWith("UP  stack shop: the edge and every instance serve 1.0.6\n");
        assertThat(human(Reports.edgeAloneUp())).startsWith("UP  stack shop: the edge serves 1.0.6\n");
        assertThat(human(Reports.withoutEdge("1.0.6", "1.0.6")))
                .startsWith("UP  https://www.example.org/version.txt: all 2 places serve 1.0.6\n");
        assertThat(human(Reports.withoutEdge("1.0.6")))
                .startsWith("UP  https://www.example.org/version.txt: 192.0.2.1 serves 1.0.6\n");
    }

    @Test
    void saysWhoServesAnotherVersionAndWhichOne() {
        assertThat(human(Reports.staleEdgeBeforeAnInstanceThatIsNotKnown()))
                .startsWith("STALE  stack shop: the edge serves 1.0.5, expected is 1.0.6\n");
        assertThat(human(Reports.staleEverywhere()))
                .startsWith("STALE  stack shop: the edge, i1, i2 serve 1.0.5, expected is 1.0.6\n");
        assertThat(human(Reports.withoutEdge("1.0.5")))
                .startsWith("STALE  https://www.example.org/version.txt: 192.0.2.1 serves 1.0.5, expected is 1.0.6\n");
    }

    @Test
    void tellsMachinesWhatIsNotReady() {
        assertThat(text(OutputFormat.NAGIOS, Reports.notReady()))
                .startsWith("UPKEEP CRITICAL - DOWN: ")
                .contains("/health answered with status 503");
        assertThat(text(OutputFormat.JUNIT, Reports.notReady()))
                .contains("failures=\"1\"", "<failure type=\"NOT_READY\"", "/health answered with status 503");
        assertThat(text(OutputFormat.PROMETHEUS, Reports.notReady()))
                .contains("role=\"edge\",reason=\"NOT_READY\"} 1\n", "role=\"edge\",path=\"/health\"} 0\n");
        assertThat(text(OutputFormat.PROMETHEUS, Reports.ready())).contains("role=\"edge\",path=\"/health\"} 1\n");
        assertThat(text(OutputFormat.JSON, Reports.notReady()))
                .contains("\"code\" : \"NOT_READY\"", "\"layer\" : \"readiness\"", "\"ready\" : false");
    }

    @Test
    void coloursWordsOnlyWhereItIsAskedTo() {
        assertThat(text(OutputFormat.HUMAN, Palette.COLOURED, Reports.up())).startsWith("\u001B[32mUP\u001B[0m  ");
        assertThat(human(Reports.up())).doesNotContain("\u001B");
    }

    @Test
    void tellsNagiosInOneLineWithPerformanceData() {
        assertThat(text(OutputFormat.NAGIOS, Reports.up()))
                .isEqualTo("UPKEEP OK - UP: https://www.example.org/version.txt serves 1.0.6 | time=0.042000s;;;0"
                        + " resolve=0.002000s;;;0 connect=0.008000s;;;0 tls=0.020000s;;;0 first_byte=0.009000s;;;0"
                        + " body=0.001000s;;;0 certificate_days=79\n");
        assertThat(text(OutputFormat.NAGIOS, Reports.upWithWarning()))
                .startsWith("UPKEEP WARNING - UP: ")
                .contains("; the certificate ends in 9 days | ");
        assertThat(text(OutputFormat.NAGIOS, Reports.down()))
                .startsWith("UPKEEP CRITICAL - DOWN: ")
                .satisfies(
                        line -> assertThat(line.chars().filter(c -> c == '|')).hasSize(1));
        assertThat(text(OutputFormat.NAGIOS, Reports.unknown())).startsWith("UPKEEP UNKNOWN - UNKNOWN: ");
    }

    @Test
    void writesACaseForEachPlaceForCiServers() {
        assertThat(text(OutputFormat.JUNIT, Reports.mixed())).isEqualTo("""
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
            <testsuite name="upkeep check stack shop" tests="4" failures="2" errors="0" skipped="0" time="0.050" timestamp="2026-11-22T10:00:00" hostname="localhost">
            <testcase classname="stack shop" name="edge" time="0.042"><system-out>https://www.example.org/version.txt serves 1.0.6</system-out></testcase>
            <testcase classname="stack shop" name="i1" time="0.042"><system-out>https://www.example.org/version.txt serves 1.0.6</system-out></testcase>
            <testcase classname="stack shop" name="i2" time="0.042"><failure type="VERSION_DIFFERS" message="serves 1.0.5, expected is 1.0.6">wait for the deployment to end, or find out why it did not</failure><system-out>https://www.example.org/version.txt serves 1.0.5, expected is 1.0.6</system-out></testcase>
            <testcase classname="stack shop" name="instances agree on a version" time="0.000"><failure type="MIXED" message="stack shop: the instances do not agree on a version: 1.0.5, 1.0.6"></failure></testcase>
            </testsuite>
            </testsuites>
            """);
        assertThat(text(OutputFormat.JUNIT, Reports.down()))
                .contains("&lt;b&gt;refused")
                .doesNotContain("<b>");
        assertThat(text(OutputFormat.JUNIT, Reports.unknown()))
                .contains("errors=\"1\"", "<error type=\"NAME_LOOKUP_FAILED\"");
    }

    @Test
    void writesGaugesForPrometheusEachMetricInOneBlock() {
        String text = text(OutputFormat.PROMETHEUS, Reports.degraded());

        assertThat(text)
                .contains(
                        "upkeep_check_status{subject=\"stack shop\",status=\"degraded\"} 1\n",
                        "upkeep_check_status{subject=\"stack shop\",status=\"up\"} 0\n",
                        "upkeep_place_status{subject=\"stack shop\",place=\"i2\",role=\"origin\",status=\"down\"} 1\n",
                        "upkeep_place_reason_info{subject=\"stack"
                                + " shop\",place=\"i2\",role=\"origin\",reason=\"CONNECTION_REFUSED\"} 1\n",
                        "upkeep_place_certificate_expiry_timestamp_seconds{subject=\"stack"
                                + " shop\",place=\"edge\",role=\"edge\"} 1802253600\n");
        assertThat(text.lines().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
        assertThat(text.lines())
                .allMatch(line -> line.startsWith("# ")
                        || line.matches("upkeep_[a-z_]+\\{([a-z]+=\"[^\"\\\\\\n]*\",?)+} [0-9.]+"));
    }

    @Test
    void namesTheAddressesThatWereNotAskedToPeopleAndToMachines() {
        assertThat(human(Reports.downAtTheFirstAddress()))
                .contains("192.0.2.7:443; not asked: 192.0.2.8:443, [2001:db8:0:0:0:0:0:7]:443 (--all-addresses asks"
                        + " each)");
        assertThat(text(OutputFormat.JSONL, Reports.downAtTheFirstAddress()))
                .contains("\"address\":\"192.0.2.7:443\","
                        + "\"otherAddresses\":[\"192.0.2.8:443\",\"[2001:db8:0:0:0:0:0:7]:443\"]");
        assertThat(text(OutputFormat.JSONL, Reports.up())).contains("\"otherAddresses\":[]");
    }

    @Test
    void tellsPeopleInOneLineWhatElseTheyShouldKnow() {
        CheckReport.OfFleet fleet = (CheckReport.OfFleet) Reports.fleetUp();
        String note = "the file says 1.0.6; 1.0.7 is deployed";

        assertThat(human(new CheckReport.OfFleet(fleet.subject(), fleet.verdict(), Optional.of(note))))
                .isEqualTo(human(fleet) + "  note  " + note + "\n");
    }

    @Test
    void adviceThatIsTheSameForSeveralIsGivenOnce() {
        assertThat(human(Reports.staleEverywhere()).lines())
                .filteredOn(line -> line.startsWith("    -> "))
                .hasSize(1);
        assertThat(human(Reports.staleEverywhere())).contains("  edge serves 1.0.5", "  i1 serves 1.0.5");
    }

    private static String human(CheckReport report) {
        return text(OutputFormat.HUMAN, report);
    }

    private static String text(OutputFormat format, CheckReport report) {
        return text(format, Palette.PLAIN, report);
    }

    private static String text(OutputFormat format, Palette palette, CheckReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            CheckOutput.of(format, palette).write(report, out);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
