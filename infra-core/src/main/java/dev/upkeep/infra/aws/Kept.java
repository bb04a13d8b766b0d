package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.Proposal;
import java.util.List;
import java.util.Optional;

/** The change sets that are kept for a plan, as a plan carries them: whose it is, whether it creates, its ARN and that of the stack. */
enum Kept {
    BASE,
    SERVERS,
    ADOPTION;

    private static final int PARTS = 4;
    private static final String CREATES = "creates";

    String text(Proposal proposal) {
        return String.join(" ", name(), proposal.creates() ? CREATES : "updates", proposal.id(), proposal.stackId());
    }

    static Proposal proposal(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("\"" + text + "\" is nothing that was kept for a plan");
        }
        return new Proposal(parts[2], parts[3], parts[1].equals(CREATES), List.of());
    }

    /** The one of this stack among all. */
    Optional<Proposal> in(List<String> kept) {
        return kept.stream()
                .filter(text -> text.startsWith(name() + " "))
                .map(Kept::proposal)
                .findFirst();
    }
}
