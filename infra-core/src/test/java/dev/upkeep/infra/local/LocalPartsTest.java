package dev.upkeep.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Part;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalPartsTest {

    private static Optional<Plan.Goal> goal(Application application) {
        StackSpec spec = StackSpec.builder("shop", "1")
                .shape(Shape.HIGHLY_AVAILABLE)
                .instances(2)
                .local(0)
                .build();
        return Optional.of(new Plan.Goal(spec, new Release("1", Optional.empty(), application)));
    }

    private static Change change(String resource, Action action) {
        return new Change(resource, action, List.of(), "", Replacement.NEVER, Impact.none(""), Optional.empty());
    }

    @Test
    void theEdgeNeedsItsInstancesAndTheseTheirApplications() {
        Change surplus = change("instance i3", Action.DELETE);

        assertThat(LocalParts.of(goal(new Application.Sample(AppHealth.standard())), List.of(surplus)))
                .containsExactly(
                        Part.of("edge", "HAProxy", "edge", List.of("instance i1", "instance i2")),
                        Part.of("instance i1", "nginx", "instances", List.of("app of instance i1")),
                        Part.of("instance i2", "nginx", "instances", List.of("app of instance i2")),
                        Part.of("instance i3", "nginx", "instances", List.of()),
                        new Part("app of instance i1", "sample application", "applications", List.of(), "instance i1"),
                        new Part("app of instance i2", "sample application", "applications", List.of(), "instance i2"));
    }

    @Test
    void withoutAnApplicationNoneIsShown() {
        assertThat(LocalParts.of(goal(new Application.None()), List.of()))
                .extracting(Part::resource)
                .containsExactly("edge", "instance i1", "instance i2");
    }

    @Test
    void whatIsDestroyedIsShownAsItStands() {
        List<Change> changes = List.of(change("edge", Action.DELETE), change("instance i1", Action.DELETE));

        assertThat(LocalParts.of(Optional.empty(), changes))
                .containsExactly(
                        Part.of("edge", "what users reach", "edge", List.of("instance i1")),
                        Part.of("instance i1", "nginx", "instances", List.of()));
        assertThat(LocalParts.of(Optional.empty(), List.of(change("stack shop", Action.DELETE))))
                .extracting(Part::resource)
                .containsExactly("stack shop");
    }
}
