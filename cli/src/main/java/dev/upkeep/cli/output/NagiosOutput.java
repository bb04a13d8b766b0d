package dev.upkeep.cli.output;

import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.PhaseTimes;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One line and performance data, as the Monitoring Plugins Development Guidelines have it.
 *
 * @see <a href="https://www.monitoring-plugins.org/doc/guidelines.html">the guidelines</a>
 */
final class NagiosOutput implements CheckOutput {

    private static final List<String> WORDS = List.of("OK", "WARNING", "CRITICAL", "UNKNOWN");

    @Override
    public void write(CheckReport report, PrintStream out) {
        String word = WORDS.get(report.exitCode());
        out.println(text("UPKEEP " + word + " - " + report.status() + ": " + Summary.of(report) + warnings(report))
                + " | " + String.join(" ", performance(report)));
    }

    /** The line that says that nothing could be checked, and why. */
    static String unknown(String why) {
        return text("UPKEEP UNKNOWN - " + why);
    }

    /** A bar begins the performance data, and a line break ends the line: neither may come from outside. */
    private static String text(String text) {
        return text.replace('|', '!').replaceAll("\\R+", "; ");
    }

    private static String warnings(CheckReport report) {
        return report.places().stream()
                .flatMap(member -> member.verdict().warnings().stream())
                .map(warning -> "; " + warning.message())
                .distinct()
                .collect(Collectors.joining());
    }

    private static List<String> performance(CheckReport report) {
        List<String> values = new ArrayList<>();
        values.add("time=" + seconds(report.took()));
        for (MemberVerdict member : report.places()) {
            String prefix = report instanceof CheckReport.OfPlace ? "" : member.name() + "_";
            member.verdict().lastAttempt().ifPresent(attempt -> values.addAll(of(prefix, attempt, report)));
        }
        return values;
    }

    private static List<String> of(String prefix, Attempt attempt, CheckReport report) {
        PhaseTimes phases = attempt.phases();
        List<String> values = new ArrayList<>();
        values.add(label(prefix + "resolve") + seconds(phases.resolve()));
        values.add(label(prefix + "connect") + seconds(phases.connect()));
        values.add(label(prefix + "tls") + seconds(phases.tls()));
        values.add(label(prefix + "first_byte") + seconds(phases.firstByte()));
        values.add(label(prefix + "body") + seconds(phases.body()));
        attempt.certificate()
                .ifPresent(certificate -> values.add(label(prefix + "certificate_days")
                        + certificate.remaining(report.now()).toDays()));
        return values;
    }

    private static String label(String name) {
        return name.matches("[A-Za-z0-9_.-]+")
                ? name + "="
                : "'" + name.replace("'", "").replace("=", "") + "'=";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.6fs;;;0", duration.toNanos() / 1e9);
    }
}
