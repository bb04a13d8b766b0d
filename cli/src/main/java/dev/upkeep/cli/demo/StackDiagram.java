package dev.upkeep.cli.demo;

import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Draws users, the edge and the instances behind it, as they were found; narrow enough for a terminal of 60 columns. */
final class StackDiagram {

    private static final String USERS = "   users -> ";
    private static final String WIRE = " -";

    private final Palette palette;

    StackDiagram(Palette palette) {
        this.palette = palette;
    }

    List<String> of(FleetVerdict verdict) {
        List<String> instances = boxes(verdict, Role.ORIGIN, palette);
        String edge = USERS + boxes(verdict, Role.EDGE, palette).get(0) + WIRE;
        String gap =
                " ".repeat((USERS + boxes(verdict, Role.EDGE, Palette.PLAIN).get(0) + WIRE).length());
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < instances.size(); line++) {
            boolean middle = line == instances.size() / 2;
            lines.add((middle ? edge : gap) + "+-> " + instances.get(line));
        }
        return lines;
    }

    private static List<String> boxes(FleetVerdict verdict, Role role, Palette palette) {
        List<MemberVerdict> all = verdict.members();
        List<MemberVerdict> members =
                all.stream().filter(member -> member.role() == role).toList();
        int name = width(members, MemberVerdict::name);
        int status = width(all, StackDiagram::status);
        int version = width(all, StackDiagram::version);
        return members.stream()
                .map(member -> "[" + padded(member.name(), name) + " "
                        + palette.paint(colour(member), padded(status(member), status)) + " "
                        + padded(version(member), version) + "]")
                .toList();
    }

    private static int width(List<MemberVerdict> members, Function<MemberVerdict, String> text) {
        return members.stream()
                .mapToInt(member -> text.apply(member).length())
                .max()
                .orElse(0);
    }

    private static String status(MemberVerdict member) {
        return member.verdict().status().name();
    }

    private static String version(MemberVerdict member) {
        return member.verdict().servedVersion().orElse("-");
    }

    private static Colour colour(MemberVerdict member) {
        Status status = member.verdict().status();
        return status == Status.UP ? Colour.GREEN : status == Status.DOWN ? Colour.RED : Colour.YELLOW;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
