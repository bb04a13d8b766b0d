package dev.upkeep.cli.output;

import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.verdict.PhaseTimes;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gauges in the text exposition format 0.0.4. Written to a file, they are picked up by the textfile collector.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the format</a>
 */
final class PrometheusOutput implements CheckOutput {

    /** All lines of one metric must stand together, so they are collected first. */
    private static final class Metrics {

        private final Map<String, List<String>> lines = new LinkedHashMap<>();

        void gauge(String name, String help) {
            List<String> head = List.of("# HELP upkeep_" + name + " " + help, "# TYPE upkeep_" + name + " gauge");
            lines.put(name, new ArrayList<>(head));
        }

        void sample(String name, Labels labels, double value) {
            String text = value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : String.format(Locale.ROOT, "%.9f", value);
            lines.getOrDefault(name, new ArrayList<>()).add("upkeep_" + name + labels + " " + text);
        }

        void print(PrintStream out) {
            // Not println: the format knows no carriage return.
            lines.values().stream()
                    .filter(metric -> metric.size() > 2)
                    .forEach(metric -> metric.forEach(line -> out.print(line + "\n")));
        }
    }

    private record Labels(String text) {

        static Labels of(String name, String value) {
            return new Labels(pair(name, value));
        }

        Labels and(String name, String value) {
            return new Labels(text + "," + pair(name, value));
        }

        private static String pair(String name, String value) {
            return name + "=\""
                    + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
        }

        @Override
        public String toString() {
            return "{" + text + "}";
        }
    }

    @Override
    public void write(CheckReport report, PrintStream out) {
        Metrics metrics = declared();
        Labels subject = Labels.of("subject", report.subject());
        states(metrics, "check_status", subject, report.status());
        metrics.sample("check_duration_seconds", subject, seconds(report.took()));
        metrics.sample("check_timestamp_seconds", subject, seconds(report.now()));
        report.places().forEach(member -> member(metrics, subject, member));
        metrics.print(out);
    }

    private static Metrics declared() {
        Metrics metrics = new Metrics();
        metrics.gauge("check_status", "What all places together come to; 1 for the status that holds.");
        metrics.gauge("check_duration_seconds", "How long the check took.");
        metrics.gauge("check_timestamp_seconds", "When the check ended.");
        metrics.gauge("place_status", "What one place comes to; 1 for the status that holds.");
        metrics.gauge("place_version_info", "The version that a place serves.");
        metrics.gauge("place_reason_info", "Why a place is not up.");
        metrics.gauge("place_ready", "Whether a readiness path of a place answered well; 1 if it did.");
        metrics.gauge("place_attempts", "How many attempts were made at a place.");
        metrics.gauge("place_duration_seconds", "How long the check of a place took.");
        metrics.gauge("place_phase_seconds", "How long each phase of the last attempt took.");
        metrics.gauge("place_http_status", "The status of the last reply.");
        metrics.gauge("place_certificate_expiry_timestamp_seconds", "When the certificate stops being trusted.");
        metrics.gauge("place_warnings", "How many things are well today but will not stay so.");
        return metrics;
    }

    private static void member(Metrics metrics, Labels subject, MemberVerdict member) {
        Verdict verdict = member.verdict();
        Labels place = subject.and("place", member.name())
                .and("role", member.role().name().toLowerCase(Locale.ROOT));
        states(metrics, "place_status", place, verdict.status());
        verdict.servedVersion()
                .ifPresent(version -> metrics.sample(
                        "place_version_info",
                        place.and("version", version)
                                .and("expected", verdict.evidence().expected()),
                        1));
        verdict.reason()
                .ifPresent(reason -> metrics.sample("place_reason_info", place.and("reason", reason.name()), 1));
        verdict.readiness()
                .forEach(readiness -> metrics.sample(
                        "place_ready", place.and("path", readiness.path()), readiness.isReady() ? 1 : 0));
        metrics.sample("place_attempts", place, verdict.attempts().size());
        metrics.sample(
                "place_duration_seconds", place, seconds(verdict.evidence().took()));
        metrics.sample("place_warnings", place, verdict.warnings().size());
        lastAttempt(metrics, place, verdict);
    }

    private static void lastAttempt(Metrics metrics, Labels place, Verdict verdict) {
        verdict.lastAttempt().ifPresent(attempt -> {
            phases(metrics, place, attempt.phases());
            attempt.reply().ifPresent(reply -> metrics.sample("place_http_status", place, reply.status()));
            attempt.certificate()
                    .ifPresent(certificate -> metrics.sample(
                            "place_certificate_expiry_timestamp_seconds", place, seconds(certificate.trustedUntil())));
        });
    }

    private static void phases(Metrics metrics, Labels place, PhaseTimes phases) {
        metrics.sample("place_phase_seconds", place.and("phase", "resolve"), seconds(phases.resolve()));
        metrics.sample("place_phase_seconds", place.and("phase", "connect"), seconds(phases.connect()));
        metrics.sample("place_phase_seconds", place.and("phase", "tls"), seconds(phases.tls()));
        metrics.sample("place_phase_seconds", place.and("phase", "first_byte"), seconds(phases.firstByte()));
        metrics.sample("place_phase_seconds", place.and("phase", "body"), seconds(phases.body()));
    }

    private static void states(Metrics metrics, String name, Labels labels, Status actual) {
        for (Status status : Status.values()) {
            metrics.sample(
                    name, labels.and("status", status.name().toLowerCase(Locale.ROOT)), status == actual ? 1 : 0);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1e3;
    }
}
