package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.ecr.EcrHost;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which images of a stack have repositories in the stack itself: all of them if they go to the registry of its own account and region, which is so unless
 * the spec names another registry, and else none.
 */
public final class OwnRepositories {

    private OwnRepositories() {}

    /**
     * Those of a spec, without asking whose account it is: any registry of ECR in the region of the stack counts as its own.
     *
     * @param spec a stack on AWS
     * @return the names of images, such as {@code web}
     */
    public static List<String> of(StackSpec spec) {
        Optional<String> region = AwsSettings.of(spec).region();
        return of(spec, host -> region.isEmpty() || region.get().equals(host.region()));
    }

    /**
     * Those of a spec.
     *
     * @param spec a stack on AWS
     * @param isOwn whether a registry of ECR is that of its own account and region; asked only if the spec names one
     * @return the names of images, such as {@code web}
     */
    public static List<String> of(StackSpec spec, Predicate<EcrHost> isOwn) {
        // The names in the stack are those without a path of the user before them.
        boolean isElsewhere = spec.images()
                .registry()
                .filter(registry -> EcrHost.parse(registry).filter(isOwn).isEmpty())
                .isPresent();
        return isElsewhere ? List.of() : StackImages.names(spec);
    }

    /**
     * What the spec has before the names of its own repositories.
     *
     * @param spec a stack on AWS
     * @return such as {@code team/} for the registry {@code registry.example.org/team}; empty if it names none, or only a host
     */
    static String path(StackSpec spec) {
        String registry = spec.images().registry().orElse("");
        return registry.contains("/") ? registry.substring(registry.indexOf('/') + 1) + "/" : "";
    }

    /**
     * The registry of ECR that the spec names.
     *
     * @param spec a stack on AWS
     * @return empty if it names none, or one that is not of ECR
     */
    public static Optional<EcrHost> named(StackSpec spec) {
        return spec.images().registry().flatMap(registry -> EcrHost.parse(registry.split("/", 2)[0]));
    }
}
