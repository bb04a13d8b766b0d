package dev.upkeep.cli.command;

import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.PlanFileException;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.PlanFile;
import java.nio.file.Path;
import java.util.Optional;

/** A plan that is only shown: what the platform keeps for it is let go of in the end, unless it was saved. */
final class Draft implements AutoCloseable {

    private final Platform platform;
    private final Plan plan;
    private boolean saved;

    Draft(Platform platform, Plan plan) {
        this.platform = platform;
        this.plan = plan;
    }

    Plan plan() {
        return plan;
    }

    /** Nobody can apply the plan any more that the file held before, so that what is kept for that one is let go of, too. */
    void save(Path file, Terminal terminal) {
        Optional<Plan> former = read(file).filter(old -> !old.kept().isEmpty());
        PlanFile.write(plan, file);
        saved = true;
        former.ifPresent(old -> discard(old, file, terminal));
    }

    private static Optional<Plan> read(Path file) {
        try {
            return Optional.of(PlanFile.read(file));
        } catch (PlanFileException noPlan) {
            return Optional.empty();
        }
    }

    private void discard(Plan former, Path file, Terminal terminal) {
        String what = "what is kept for the plan that " + file + " held before";
        if (!former.platform().equals(plan.platform())
                || !former.reach().region().equals(plan.reach().region())) {
            terminal.err().println(what + " stays: that one was made elsewhere");
            return;
        }
        try {
            platform.discard(former);
        } catch (InfraException e) {
            terminal.err().println(what + " could not be removed: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (!saved) {
            platform.discard(plan);
        }
    }
}
