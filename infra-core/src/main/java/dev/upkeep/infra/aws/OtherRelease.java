package dev.upkeep.infra.aws;

import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Instances that stand read their release only when they boot. So an apply refuses to bring them to another one, and a plan says so beforehand. */
final class OtherRelease {

    private OtherRelease() {}

    /**
     * Why instances cannot be brought to the release of a spec.
     *
     * @param standing what the parameter says that they run
     * @return in one sentence, with what to do; empty if they run that already
     */
    static Optional<String> refusal(String standing, StackSpec spec) {
        List<FieldChange> changes = ReleaseText.changes(Optional.of(standing), spec);
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of("its instances run " + ReleaseText.described(standing, changes)
                        + ", and this version cannot bring standing instances on AWS to another release yet; "
                        + next(standing, changes) + ", or destroy the stack and apply it anew");
    }

    private static String next(String standing, List<FieldChange> changes) {
        String written = changes.stream()
                .filter(change -> !change.from().isEmpty())
                .map(change -> change.field().equals(ReleaseText.VERSION)
                        ? "version: " + ReleaseText.version(standing).orElse("")
                        : change.field() + " " + change.from())
                .collect(Collectors.joining(", "));
        String taken = changes.stream()
                .filter(change -> change.from().isEmpty())
                .map(FieldChange::field)
                .collect(Collectors.joining(", "));
        return Stream.of(phrase("write ", written, " into the file"), phrase("take ", taken, " out of the file"))
                .filter(phrase -> !phrase.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String phrase(String verb, String what, String where) {
        return what.isEmpty() ? "" : verb + what + where;
    }
}
