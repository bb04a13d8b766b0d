package dev.upkeep.cli.output;

import dev.upkeep.checker.verdict.PhaseTimes;
import dev.upkeep.cli.terminal.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The phases of an attempt, as numbers and as a picture of 40 characters. */
final class PhaseBar {

    private static final int WIDTH = 40;

    /**
     * A phase.
     *
     * @param name for people
     * @param letter in the picture
     * @param time how long
     */
    private record Phase(String name, char letter, Duration time) {}

    private final List<Phase> phases;
    private final Duration total;

    PhaseBar(PhaseTimes times) {
        this.total = times.total();
        this.phases = List.of(
                        new Phase("resolve", 'r', times.resolve()),
                        new Phase("connect", 'c', times.connect()),
                        new Phase("tls", 't', times.tls()),
                        new Phase("first byte", 'f', times.firstByte()),
                        new Phase("body", 'b', times.body()))
                .stream()
                .filter(phase -> !phase.time().isZero())
                .toList();
    }

    /** Whether there is more to see than in the numbers. */
    boolean isWorthShowing() {
        return phases.size() > 1 && total.toMillis() >= 20;
    }

    String numbers() {
        List<String> texts = new ArrayList<>();
        phases.forEach(phase -> texts.add(phase.name() + " " + Durations.text(phase.time())));
        return texts.isEmpty() ? "" : " = " + String.join(" + ", texts);
    }

    /** Each phase as its letter, as wide as its share; the last one takes what rounding leaves. */
    String picture() {
        StringBuilder picture = new StringBuilder("[");
        Duration passed = Duration.ZERO;
        for (Phase phase : phases) {
            passed = passed.plus(phase.time());
            long end = 1 + Math.round((double) WIDTH * passed.toNanos() / total.toNanos());
            while (picture.length() < end) {
                picture.append(phase.letter());
            }
        }
        return picture.append(']').toString();
    }
}
