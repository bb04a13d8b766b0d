package dev.upkeep.cli.output;

import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.cli.exit.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The result of a check, of one place or of many, ready to be written in any format. */
public sealed interface CheckReport {

    /**
     * Of one URL.
     *
     * @param verdict what came of it
     */
    record OfPlace(Verdict verdict) implements CheckReport {

        @Override
        public String subject() {
            return ShownUri.of(verdict.evidence().target());
        }

        @Override
        public Status status() {
            return verdict.status();
        }

        @Override
        public Instant startedAt() {
            return verdict.evidence().startedAt();
        }

        @Override
        public Duration took() {
            return verdict.evidence().took();
        }

        @Override
        public List<MemberVerdict> places() {
            return List.of(new MemberVerdict("edge", Role.EDGE, verdict));
        }
    }

    /**
     * Of several places together.
     *
     * @param subject what they are: the name of a stack, or a URL of which every address was asked
     * @param verdict what came of it
     * @param note what its reader should know besides, in one line
     */
    record OfFleet(String subject, FleetVerdict verdict, Optional<String> note) implements CheckReport {

        @Override
        public Status status() {
            return verdict.status();
        }

        @Override
        public Instant startedAt() {
            return verdict.startedAt();
        }

        @Override
        public Duration took() {
            return verdict.took();
        }

        @Override
        public List<MemberVerdict> places() {
            return verdict.members();
        }
    }

    /** The report of a single URL. */
    static CheckReport of(Verdict verdict) {
        return new OfPlace(verdict);
    }

    /** The report of many places. */
    static CheckReport of(String subject, FleetVerdict verdict) {
        return new OfFleet(subject, verdict, Optional.empty());
    }

    /** What was checked: a URL, or the name of a stack. */
    String subject();

    /** What the reader should know besides, in one line. */
    default Optional<String> note() {
        return Optional.empty();
    }

    /** What it comes to. */
    Status status();

    /** When the check began, by the wall clock. */
    Instant startedAt();

    /** How long it took. */
    Duration took();

    /** Every place that was asked, the edge first. A single URL is what users reach, so it is listed as an edge. */
    List<MemberVerdict> places();

    /** When the check ended; days until a certificate's end are counted from here. */
    default Instant now() {
        return startedAt().plus(took());
    }

    /** What a check exits with. */
    default int exitCode() {
        return ExitCode.of(
                status(),
                places().stream().anyMatch(place -> !place.verdict().warnings().isEmpty()));
    }
}
