package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which machine image instances are made of: that of the file, that which a stack was made of, or the newest of its kind. */
final class MachineImages {

    private final ParameterStore parameters;
    private final Machines machines;

    MachineImages(ParameterStore parameters, Machines machines) {
        this.parameters = parameters;
        this.machines = machines;
    }

    String choose(StackSpec spec, Optional<FormedStack> standing) {
        return named(spec)
                .or(() -> takesNewest(spec) ? Optional.empty() : pinned(spec, standing))
                .orElseGet(() -> newest(spec));
    }

    /** A plan that may not ask keeps what a stack was made with. */
    Optional<String> rootDevice(String image, Optional<FormedStack> standing) {
        return standing.filter(stack ->
                        stack.output(ServerStack.IMAGE).filter(image::equals).isPresent())
                .flatMap(stack -> stack.output(ServerStack.ROOT_DEVICE))
                .or(() -> askedRootDevice(image));
    }

    private Optional<String> askedRootDevice(String image) {
        try {
            return machines.image(image).map(Machines.Image::rootDevice).filter(device -> !device.isEmpty());
        } catch (AwsException unasked) {
            return Optional.empty();
        }
    }

    /** One sentence each. */
    List<String> notes(StackSpec spec, Optional<FormedStack> standing, Resolved resolved) {
        List<String> notes = new ArrayList<>();
        named(spec)
                .filter(image -> resolved.rootDevice().isEmpty())
                .ifPresent(image -> notes.add("where " + image + " has its root disk could not be asked; "
                        + Resolved.USUAL_ROOT_DEVICE + " is taken for it"));
        pinned(spec, standing)
                .flatMap(pinned -> takesNewest(spec) ? Optional.of(taken(pinned, resolved)) : offered(spec, pinned))
                .ifPresent(notes::add);
        return notes;
    }

    private static String taken(String pinned, Resolved resolved) {
        String newest = resolved.image().orElseThrow();
        return newest.equals(pinned)
                ? pinned + " is the newest machine image of its kind already"
                : "the machine image " + newest + " takes the place of " + pinned;
    }

    private Optional<String> offered(StackSpec spec, String pinned) {
        try {
            String newest = newest(spec);
            return newest.equals(pinned)
                    ? Optional.empty()
                    : Optional.of("a newer machine image is there, " + newest + "; the stack stays with " + pinned
                            + " until upkeep apply --upgrade-image");
        } catch (AwsException unasked) {
            return Optional.empty();
        }
    }

    private static Optional<String> named(StackSpec spec) {
        return Optional.of(AwsSettings.of(spec).server().image()).filter(image -> image.startsWith("ami-"));
    }

    private static boolean takesNewest(StackSpec spec) {
        return AwsSettings.of(spec).server().takesNewestImage();
    }

    /** What a stack was made of, unless the file names an image or wants another kind of it. */
    private static Optional<String> pinned(StackSpec spec, Optional<FormedStack> standing) {
        return named(spec).isPresent()
                ? Optional.empty()
                : standing.filter(stack -> stack.output(ServerStack.IMAGE_KIND)
                                .filter(ServerStack.imageKind(spec)::equals)
                                .isPresent())
                        .flatMap(stack -> stack.output(ServerStack.IMAGE));
    }

    private String newest(StackSpec spec) {
        String parameter = ServerStack.imageParameter(spec);
        return parameters.require("find the newest machine image, which " + parameter + " names", parameter);
    }
}
