package dev.upkeep.infra.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.util.Optional;

/**
 * The release that the instances of a stack run, as a parameter of Systems Manager: every instance reads it when it boots. It stands in no
 * template, so that another release is no change of the stack.
 */
final class ReleaseParameter {

    /** Of Docker on an instance, where nothing else runs. */
    private static final String NETWORK = "bridge";

    private final ParameterStore parameters;
    private final String name;

    ReleaseParameter(ParameterStore parameters, StackName stack) {
        this.parameters = parameters;
        this.name = BaseStack.parameters(stack.text()) + "release";
    }

    /** What it says, empty if there is none yet. */
    Optional<String> read() {
        return parameters.read(name);
    }

    /** The release that it says, as far as it can be read. */
    static Release release(String value) {
        JsonNode tree = ReleaseText.tree(value);
        Optional<Release.Containers> containers =
                image(tree, StackImages.WEB).map(web -> new Release.Containers(web, NETWORK));
        Application application = image(tree, StackImages.APP)
                .<Application>map(app -> new Application.Image(app, AppHealth.standard()))
                .orElseGet(Application.None::new);
        return new Release(
                ReleaseText.version(value).orElse(""),
                Optional.empty(),
                application,
                ReleaseText.environment(value),
                NginxLimits.standard(),
                containers);
    }

    private static Optional<ImageReference> image(JsonNode tree, String name) {
        return Optional.ofNullable(tree.get(name))
                .map(node -> ImageReference.parse(node.asText()))
                .filter(image -> image.digest().isPresent());
    }

    /**
     * The release of a spec whose images are not built yet.
     *
     * @param files the digest of the files that they will be built of, empty if they are not needed
     */
    static Release planned(StackSpec spec, Optional<String> files) {
        return new Release(
                spec.version(), files, new Application.None(), spec.environment(), spec.nginx(), Optional.empty());
    }

    /** Where nobody has said yet what is to run. */
    static Release nothing() {
        return new Release("", Optional.empty(), new Application.None());
    }

    void write(String value) {
        parameters.write("write the parameter " + name, name, value);
    }

    /** Says whether it was there. */
    boolean remove() {
        return parameters.remove(name);
    }
}
