package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.machine.OwnImage;
import dev.upkeep.infra.aws.machine.OwnImages;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which machine image instances are made of: that of the file, that which a stack was made of, or the newest of its kind. */
final class MachineImages {

    private final ParameterStore parameters;
    private final Machines machines;
    private final OwnImages own;

    MachineImages(ParameterStore parameters, Machines machines, OwnImages own) {
        this.parameters = parameters;
        this.machines = machines;
        this.own = own;
    }

    String choose(StackSpec spec, Optional<FormedStack> standing) {
        return AwsSettings.of(spec).server().isBaked() ? baked(spec) : chosen(spec, standing);
    }

    private String chosen(StackSpec spec, Optional<FormedStack> standing) {
        return named(spec)
                .or(() -> takesNewest(spec) ? Optional.empty() : pinned(spec, standing))
                .orElseGet(() -> newest(spec, AwsSettings.of(spec).server().image()));
    }

    /** That which was last made the one to take. It was made on purpose, so that a stack does not stay with an older one. */
    private String baked(StackSpec spec) {
        Architecture processor = ServerStack.type(spec).architecture();
        String stack = spec.name().text();
        return own.of(stack).stream()
                .filter(image -> image.isProven()
                        && Architecture.of(image.architecture())
                                .filter(processor::equals)
                                .isPresent())
                .findFirst()
                .map(OwnImage::id)
                .orElseThrow(() -> new AwsException(
                        "find the machine image of the stack " + stack,
                        "there is none for " + processor.platform() + " that has served",
                        "make one with upkeep ami build, or name another one in aws.image",
                        "",
                        null));
    }

    /** What a machine image of the stack's own is made from. */
    String base(StackSpec spec) {
        String base = AwsSettings.of(spec).server().baseImage();
        return AwsSettings.Server.isId(base) ? base : newest(spec, base);
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
        if (AwsSettings.of(spec).server().isBaked()) {
            notes.add("instances are made of " + resolved.image().orElseThrow()
                    + ", the newest machine image of the stack's own that has served");
        }
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
            String newest = newest(spec, AwsSettings.of(spec).server().image());
            return newest.equals(pinned)
                    ? Optional.empty()
                    : Optional.of("a newer machine image is there, " + newest + "; the stack stays with " + pinned
                            + " until upkeep apply --upgrade-image");
        } catch (AwsException unasked) {
            return Optional.empty();
        }
    }

    private static Optional<String> named(StackSpec spec) {
        return Optional.of(AwsSettings.of(spec).server().image()).filter(AwsSettings.Server::isId);
    }

    private static boolean takesNewest(StackSpec spec) {
        return AwsSettings.of(spec).server().takesNewestImage();
    }

    /** What a stack was made of, unless the file names an image or wants another kind of it. */
    private static Optional<String> pinned(StackSpec spec, Optional<FormedStack> standing) {
        return named(spec).isPresent() || AwsSettings.of(spec).server().isBaked()
                ? Optional.empty()
                : standing.filter(stack -> stack.output(ServerStack.IMAGE_KIND)
                                .filter(ServerStack.imageKind(spec)::equals)
                                .isPresent())
                        .flatMap(stack -> stack.output(ServerStack.IMAGE));
    }

    private String newest(StackSpec spec, String kind) {
        String parameter = ServerStack.imageParameter(spec, kind);
        return parameters.require("find the newest machine image, which " + parameter + " names", parameter);
    }
}
