package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Part;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a stack on this machine consists of: the edge, the instances behind it, and their applications. */
final class LocalParts {

    private static final String EDGE = "edge";
    private static final String INSTANCES = "instances";
    private static final String APPLICATIONS = "applications";

    private LocalParts() {}

    /** All that will stand, and what goes. */
    static List<Part> of(Optional<Plan.Goal> goal, List<Change> changes) {
        List<String> wanted = goal.map(LocalParts::wanted).orElse(List.of());
        List<String> instances = new ArrayList<>(wanted);
        List<Part> parts = new ArrayList<>();
        changes.stream()
                .map(Change::resource)
                .filter(resource -> !resource.equals(EDGE) && !instances.contains(resource))
                .forEach(instances::add);
        if (goal.isPresent()
                || changes.stream().anyMatch(change -> change.resource().equals(EDGE))) {
            // What goes is sent nobody any more; when all goes, the edge led to it up to now.
            parts.add(Part.of(EDGE, edge(goal), EDGE, goal.isPresent() ? wanted : instances));
        }
        Optional<String> application =
                goal.map(each -> each.release().application()).flatMap(LocalParts::application);
        for (String instance : instances) {
            boolean hasApplication = application.isPresent() && wanted.contains(instance);
            parts.add(Part.of(instance, "nginx", INSTANCES, hasApplication ? List.of(app(instance)) : List.of()));
        }
        application.ifPresent(kind -> wanted.forEach(
                instance -> parts.add(new Part(app(instance), kind, APPLICATIONS, List.of(), instance))));
        return parts;
    }

    private static List<String> wanted(Plan.Goal goal) {
        return Steps.wanted(goal.spec()).stream().map(id -> "instance " + id).toList();
    }

    private static String edge(Optional<Plan.Goal> goal) {
        return goal.map(each -> each.spec().shape() == Shape.HIGHLY_AVAILABLE ? "HAProxy" : "nginx")
                .orElse("what users reach");
    }

    private static Optional<String> application(Application application) {
        return application instanceof Application.None
                ? Optional.empty()
                : Optional.of(application instanceof Application.Sample ? "sample application" : "application");
    }

    private static String app(String instance) {
        return "app of " + instance;
    }
}
