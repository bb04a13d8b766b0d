package dev.upkeep.cli.demo;

import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.cli.terminal.Colour;
import dev.upkeep.cli.terminal.Palette;
import java.util.ArrayList;
import java.util.List;

/** Draws users, the edge and the instances behind it, as they were found. */
final class Picture {

    private static final int NAME = 5;
    private static final int STATUS = 6;
    private static final int VERSION = 6;

    private final Palette palette;

    Picture(Palette palette) {
        this.palette = palette;
    }

    List<String> of(FleetVerdict verdict) {
        List<String> instances = boxes(verdict, Role.ORIGIN);
        String edge = "users ---> " + boxes(verdict, Role.EDGE).get(0) + " --";
        String gap = " ".repeat("users ---> [".length() + NAME + STATUS + VERSION + 2 + "] --".length());
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < instances.size(); line++) {
            boolean middle = line == instances.size() / 2;
            lines.add("    " + (middle ? edge : gap) + "+--> " + instances.get(line));
        }
        return lines;
    }

    private List<String> boxes(FleetVerdict verdict, Role role) {
        return verdict.members().stream()
                .filter(member -> member.role() == role)
                .map(this::box)
                .toList();
    }

    private String box(MemberVerdict member) {
        Status status = member.verdict().status();
        Colour colour = status == Status.UP ? Colour.GREEN : status == Status.DOWN ? Colour.RED : Colour.YELLOW;
        String version = member.verdict().servedVersion().orElse("-");
        return "[" + padded(member.name(), NAME) + " " + palette.paint(colour, padded(status.name(), STATUS)) + " "
                + padded(version, VERSION) + "]";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
