package dev.upkeep.cli.output;

import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Readiness;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.verdict.Warning;
import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.Palette;
import dev.upkeep.cli.terminal.Table;
import dev.upkeep.cli.terminal.Table.Cell;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** For people: a few lines for one place, a table for many. */
final class HumanOutput implements CheckOutput {

    private static final String INDENT = "  ";

    private final Palette palette;

    HumanOutput(Palette palette) {
        this.palette = palette;
    }

    @Override
    public void write(CheckReport report, PrintStream out) {
        out.println(word(report.status()) + "  " + Summary.of(report));
        if (report instanceof CheckReport.OfPlace place) {
            single(report, place.verdict()).forEach(out::println);
        } else {
            fleet(report).forEach(out::println);
            troubles(
                    report.places().stream()
                            .filter(place -> place.verdict().status() != Status.UP)
                            .toList(),
                    out);
        }
        report.places().forEach(place -> warnings(report, place, out));
        report.note().ifPresent(note -> out.println(INDENT + palette.paint(Colour.YELLOW, "note") + "  " + note));
    }

    private List<String> single(CheckReport report, Verdict verdict) {
        Table table = new Table();
        verdict.reason().ifPresent(reason -> table.row("what to do", reason.advice()));
        table.row("expected", verdict.evidence().expected());
        verdict.lastAttempt().ifPresent(attempt -> facts(report, attempt, table));
        if (verdict.attempts().size() > 1) {
            verdict.attempts().forEach(attempt -> table.row("attempt " + attempt.number(), line(attempt)));
        }
        verdict.readiness().forEach(readiness -> readiness(readiness, table));
        return table.lines(INDENT);
    }

    private static void facts(CheckReport report, Attempt attempt, Table table) {
        attempt.peer().ifPresent(peer -> table.row("address", SocketAddressText.text(peer) + others(attempt)));
        PhaseBar bar = new PhaseBar(attempt.phases());
        table.row("time", Durations.text(attempt.took()) + bar.numbers());
        if (bar.isWorthShowing()) {
            table.row("", bar.picture());
        }
        attempt.certificate()
                .ifPresent(certificate -> table.row("certificate", CertificateText.of(certificate, report.now())));
    }

    /** Only one address of a name is asked; whoever is looking for a fault must know that there are others. */
    private static String others(Attempt attempt) {
        List<String> others =
                attempt.otherAddresses().stream().map(SocketAddressText::text).toList();
        return others.isEmpty() || attempt.reason().isEmpty()
                ? ""
                : "; not asked: " + String.join(", ", others) + " (--all-addresses asks each)";
    }

    private static void readiness(Readiness readiness, Table table) {
        for (Attempt attempt : readiness.attempts()) {
            String end = attempt.reply()
                    .map(reply -> "status " + reply.status())
                    .or(() -> attempt.reason().map(Reason::meaning))
                    .orElse("no reply");
            table.row(
                    attempt.reason().isEmpty() ? "ready" : "not ready",
                    readiness.path() + ": " + end + " after " + Durations.text(attempt.took()));
        }
    }

    private static String line(Attempt attempt) {
        String end = attempt.reason()
                .map(Reason::meaning)
                .orElseGet(() -> "served " + attempt.version().orElse("a version"));
        return end + " after " + Durations.text(attempt.took());
    }

    private List<String> fleet(CheckReport report) {
        Table table = new Table();
        table.row(
                List.of(heading("place"), heading("status"), heading("version"), heading("address"), heading("time")));
        report.places().forEach(member -> table.row(row(member)));
        return table.lines(INDENT);
    }

    private Cell heading(String text) {
        return new Cell(text, heading -> palette.paint(Colour.DIM, heading));
    }

    private List<Cell> row(MemberVerdict member) {
        Verdict verdict = member.verdict();
        return List.of(
                Cell.of(member.name()),
                new Cell(verdict.status().name(), text -> word(verdict.status())),
                Cell.of(verdict.servedVersion().orElse("-")),
                Cell.of(verdict.lastAttempt()
                        .flatMap(Attempt::peer)
                        .map(SocketAddressText::text)
                        .or(() -> member.way().map(way -> "through " + way))
                        .orElse("-")),
                Cell.of(Durations.text(verdict.evidence().took())));
    }

    /** Advice that is the same for several in a row is given once. */
    private static void troubles(List<MemberVerdict> members, PrintStream out) {
        for (int at = 0; at < members.size(); at++) {
            Verdict verdict = members.get(at).verdict();
            out.println(INDENT + members.get(at).name() + " " + Summary.of(verdict));
            boolean last = at == members.size() - 1;
            if (last || !advice(members.get(at + 1).verdict()).equals(advice(verdict))) {
                advice(verdict).ifPresent(advice -> out.println(INDENT + INDENT + "-> " + advice));
            }
        }
    }

    private static Optional<String> advice(Verdict verdict) {
        return verdict.reason().map(Reason::advice);
    }

    private void warnings(CheckReport report, MemberVerdict member, PrintStream out) {
        String place = report instanceof CheckReport.OfPlace ? "" : member.name() + ": ";
        for (Warning warning : member.verdict().warnings()) {
            out.println(INDENT + palette.paint(Colour.YELLOW, "warning") + "  " + place + warning.message());
        }
    }

    private String word(Status status) {
        Colour colour = switch (status) {
            case UP -> Colour.GREEN;
            case STALE, MIXED, DEGRADED -> Colour.YELLOW;
            case DOWN -> Colour.RED;
            case UNKNOWN -> Colour.MAGENTA;
        };
        return palette.paint(colour, status.name());
    }
}
