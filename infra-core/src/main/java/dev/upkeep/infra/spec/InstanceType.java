package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.image.reference.Architecture;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an instance on EC2 is.
 *
 * @param name such as {@code t3.micro}
 */
public record InstanceType(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z0-9-]+");

    /**
     * Graviton processors have a g behind the generation, see
     * <a href="https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html">the names of types</a>.
     */
    private static final Pattern GRAVITON = Pattern.compile("(?:a1|[a-z]+\\d+[a-z]*g[a-z]*)\\..*");

    private static final Pattern BURSTABLE = Pattern.compile("t\\d.*");

    /** The smallest type with an x86 processor that the free plan of AWS allows. */
    public static final InstanceType SMALLEST_AMD64 = new InstanceType("t3.micro");

    /** The smallest type with an ARM processor that the free plan of AWS allows. */
    public static final InstanceType SMALLEST_ARM64 = new InstanceType("t4g.micro");

    /**
     * Checks the form of the name, not whether there is such a type.
     *
     * @throws InvalidSpecException if it cannot be the name of a type
     */
    public InstanceType {
        if (!NAME.matcher(name).matches()) {
            SpecRules.throwIfAny(List.of(new SpecProblem(
                    "/aws/type", "\"" + name + "\" is no type of an instance", "write it like t3.micro")));
        }
    }

    /**
     * The smallest type on which images run.
     *
     * @param platforms what they are made for
     * @return one for x86 if they run on that
     */
    public static InstanceType smallest(List<Architecture> platforms) {
        return platforms.contains(Architecture.AMD64) ? SMALLEST_AMD64 : SMALLEST_ARM64;
    }

    /**
     * What its processor is.
     *
     * @return by its name
     */
    public Architecture architecture() {
        return GRAVITON.matcher(name).matches() ? Architecture.ARM64 : Architecture.AMD64;
    }

    /**
     * Whether it saves up what it does not use of its processor, so that unlimited use would cost more.
     *
     * @return true for the T family
     */
    public boolean isBurstable() {
        return BURSTABLE.matcher(name).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
