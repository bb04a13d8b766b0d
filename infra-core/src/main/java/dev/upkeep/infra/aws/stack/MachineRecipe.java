package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.stack.BootData.Purpose;
import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.server.Sha256;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;

/**
 * How a machine image is made, and of what: the same recipe gives the same image.
 *
 * @param stack the name of the stack that it is for
 * @param base the id of the image to begin with
 * @param hash of the scripts, the base, the processor, the size of the disk and the images of the release
 */
public record MachineRecipe(String stack, String base, String hash) {

    /** In characters, of which each says four bits. */
    private static final int LENGTH = 12;

    /**
     * The recipe.
     *
     * @param spec a stack on AWS
     * @param resolved with the image to begin with
     * @param images those of the release, with their digests
     * @return the same for the same spec, base and images
     */
    public static MachineRecipe of(StackSpec spec, Resolved resolved, List<String> images) {
        Design design = new Design(spec, resolved);
        String base = resolved.image().orElseThrow();
        String all = String.join(
                "\n",
                base,
                design.type().architecture().platform(),
                Integer.toString(design.aws().server().diskGigabytes()),
                images.stream().sorted().toList().toString(),
                Fields.of("UserData", new BootData(design, Purpose.BAKE).value())
                        .json());
        return new MachineRecipe(spec.name().text(), base, Sha256.ofText(all).substring(0, LENGTH));
    }

    /**
     * What an image is called.
     *
     * @return such as {@code upkeep-shop-0123456789ab}
     */
    public String imageName() {
        return "upkeep-" + stack + "-" + hash;
    }
}
