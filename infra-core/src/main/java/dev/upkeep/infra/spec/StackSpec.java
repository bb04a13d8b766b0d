package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One stack as the user wants it. Made by {@link #builder}; a spec that exists is valid.
 *
 * <p>Whether the named folders exist is found out by the platform, not here.
 *
 * @param name the stack's name
 * @param shape how it is built
 * @param version what {@code /version.txt} must say: 1 to 128 letters, digits, {@code . _ + -}
 * @param instances how many instances, within the range of the shape
 * @param baseFolder the absolute folder that relative paths of the spec start from
 * @param site the absolute folder of static files that nginx serves, if any
 * @param app the application behind nginx; without one, only the site is served
 * @param domain the name users reach it by, if any
 * @param images how its images are built, and where they go
 * @param nginx what nginx allows one request
 * @param settings the platform it stands on, with what only that platform has
 */
public record StackSpec(
        StackName name,
        Shape shape,
        String version,
        int instances,
        Path baseFolder,
        Optional<Path> site,
        Optional<AppSpec> app,
        Optional<DomainSpec> domain,
        ImageSettings images,
        NginxLimits nginx,
        PlatformSettings settings) {

    /**
     * Checks everything; prefer {@link #builder}.
     *
     * @throws InvalidSpecException with all problems, if there are any
     */
    public StackSpec {
        List<SpecProblem> problems = new ArrayList<>();
        SpecRules.version(version).ifPresent(problems::add);
        SpecRules.instances(shape, instances).ifPresent(problems::add);
        SpecRules.something(site.isPresent(), app.isPresent()).ifPresent(problems::add);
        SpecRules.throwIfAny(problems);
        if (settings instanceof LocalSettings) {
            SpecRules.throwIfAny(EnvironmentRules.local(environment(app)));
            SpecRules.throwIfAny(EnvironmentRules.local(permissions(app)));
        }
        if (settings instanceof AwsSettings aws) {
            SpecRules.throwIfAny(AwsRules.name(name));
            SpecRules.throwIfAny(AwsRules.together(shape, instances, images.platforms(), aws));
        }
    }

    private static AppEnvironment environment(Optional<AppSpec> app) {
        return app.map(AppSpec::environment).orElseGet(AppEnvironment::none);
    }

    /**
     * What the application finds in its environment.
     *
     * @return nothing if there is no application
     */
    public AppEnvironment environment() {
        return environment(app);
    }

    private static AppPermissions permissions(Optional<AppSpec> app) {
        return app.map(AppSpec::permissions).orElseGet(AppPermissions::none);
    }

    /**
     * What the application may do on Amazon Web Services.
     *
     * @return nothing if there is no application
     */
    public AppPermissions permissions() {
        return permissions(app);
    }

    /**
     * Begins a spec; name and version are all it must have.
     *
     * @param name the stack's name, checked by {@link StackSpecBuilder#build()}
     * @param version what {@code /version.txt} must say, checked by {@link StackSpecBuilder#build()}
     * @return a builder with every other setting at its default
     */
    public static StackSpecBuilder builder(String name, String version) {
        return new StackSpecBuilder(name, version);
    }

    /**
     * The same stack with another version.
     *
     * @param other the version
     * @return a new spec
     * @throws InvalidSpecException if the version breaks its rules
     */
    public StackSpec withVersion(String other) {
        return new StackSpec(name, shape, other, instances, baseFolder, site, app, domain, images, nginx, settings);
    }

    /**
     * The same stack with another registry for its images.
     *
     * @param registry such as {@code registry.example.org/team}
     * @return a new spec
     * @throws InvalidSpecException if it is no registry
     */
    public StackSpec withRegistry(String registry) {
        ImageSettings elsewhere = new ImageSettings(Optional.of(registry), images.nginx(), images.platforms());
        return new StackSpec(
                name, shape, version, instances, baseFolder, site, app, domain, elsewhere, nginx, settings);
    }

    /**
     * The same stack on AWS with the newest machine image of its kind, which a plan else takes for a new stack only.
     *
     * @return a new spec
     * @throws IllegalArgumentException if it is for another platform
     */
    public StackSpec withNewestImage() {
        AwsSettings aws = AwsSettings.of(this);
        return new StackSpec(
                name,
                shape,
                version,
                instances,
                baseFolder,
                site,
                app,
                domain,
                images,
                nginx,
                aws.with(aws.server().withNewestImage()));
    }

    /**
     * Checks a version without a spec.
     *
     * @param text the version
     * @throws InvalidSpecException if it breaks its rules
     */
    public static void checkVersion(String text) {
        SpecRules.throwIfAny(SpecRules.version(text).stream().toList());
    }
}
