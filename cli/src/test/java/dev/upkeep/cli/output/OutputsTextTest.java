package dev.upkeep.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.inventory.Output;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputsTextTest {

    private static final String ALARM = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop-ErrorAlarm-ABCDEFGHIJKL";

    private static final List<Output> AWS = List.of(
            new Output("Zones", "eu-west-1a,eu-west-1b", "The zones that it stays in"),
            new Output(
                    "Url",
                    "http://shop-Balancer-ABCDEFGHIJKL-1234567890.eu-west-1.elb.amazonaws.com",
                    "Where users reach it"),
            new Output("Alarms", ALARM + "," + ALARM, "What takes a change back when it goes off"),
            new Output("Group", "shop-Group-ABC", "The Auto Scaling group"));

    private static List<String> lines(List<Output> outputs, int columns) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StackText.outputs(outputs, new PrintStream(out, true, StandardCharsets.UTF_8), columns);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void whatIsTooLongForALineHasItsMeaningBelowItAndALineForEachValue() {
        assertThat(lines(AWS, 80))
                .containsExactly(
                        "  Zones   eu-west-1a,eu-west-1b  The zones that it stays in",
                        "  Url     http://shop-Balancer-ABCDEFGHIJKL-1234567890.eu-west-1.elb.amazonaws.com",
                        "          Where users reach it",
                        "  Alarms  " + ALARM,
                        "          " + ALARM,
                        "          What takes a change back when it goes off",
                        "  Group   shop-Group-ABC         The Auto Scaling group");
    }

    @Test
    void noLineIsLongerThan120WhereverItGoes() {
        assertThat(lines(AWS, Integer.MAX_VALUE))
                .allMatch(line -> line.length() <= 120)
                .contains("  Url     http://shop-Balancer-ABCDEFGHIJKL-1234567890.eu-west-1.elb.amazonaws.com"
                        + "  Where users reach it");
    }

    @Test
    void whatFitsStaysATable() {
        List<Output> local = List.of(
                new Output("url", "http://127.0.0.1:21367/", "Where users reach it"),
                new Output("folder", "/var/x", "Its files"));

        assertThat(lines(local, 80))
                .containsExactly(
                        "  url     http://127.0.0.1:21367/  Where users reach it",
                        "  folder  /var/x                   Its files");
        assertThat(lines(List.of(), 80)).isEmpty();
    }
}
