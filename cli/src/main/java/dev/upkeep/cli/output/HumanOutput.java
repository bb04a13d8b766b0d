package dev.upkeep.cli.output;

import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.verdict.Attempt;
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
        out.println(word(report.verdict().status()) + "  " + Summary.of(report));
        if (report.isSingle()) {
            single(report, report.verdict().members().get(0).verdict()).forEach(out::println);
        } else {
            fleet(report).forEach(out::println);
            troubles(report.verdict().troubled(), out);
        }
        report.verdict().members().forEach(member -> warnings(report, member, out));
    }

    private List<String> single(CheckReport report, Verdict verdict) {
        Table table = new Table();
        verdict.reason().ifPresent(reason -> table.row("what to do", reason.advice()));
        table.row("expected", verdict.evidence().expected());
        verdict.lastAttempt().ifPresent(attempt -> facts(report, attempt, table));
        if (verdict.attempts().size() > 1) {
            verdict.attempts().forEach(attempt -> table.row("attempt " + attempt.number(), line(attempt)));
        }
        return table.lines(INDENT);
    }

    private static void facts(CheckReport report, Attempt attempt, Table table) {
        attempt.peer().ifPresent(peer -> table.row("address", SocketAddressText.text(peer)));
        PhaseBar bar = new PhaseBar(attempt.phases());
        table.row("time", Durations.text(attempt.took()) + bar.numbers());
        if (bar.isWorthShowing()) {
            table.row("", bar.picture());
        }
        attempt.certificate()
                .ifPresent(certificate -> table.row("certificate", CertificateText.of(certificate, report.now())));
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
        report.verdict().members().forEach(member -> table.row(row(member)));
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
        String place = report.isSingle() ? "" : member.name() + ": ";
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
