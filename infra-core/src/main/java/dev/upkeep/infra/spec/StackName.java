package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;

/**
 * The name of one named deployment.
 *
 * <p>1 to 24 characters: lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen.
 * So it fits a DNS label, a folder, a CloudFormation stack and, with a suffix, an AWS load balancer (32 characters).
 *
 * @param text the name
 */
public record StackName(String text) implements Comparable<StackName> {

    /**
     * Checks the name.
     *
     * @throws InvalidSpecException if the text breaks the rules above
     */
    public StackName {
        SpecRules.throwIfAny(SpecRules.name(text).stream().toList());
    }

    /**
     * Makes a name from text.
     *
     * @param text the name
     * @return the checked name
     * @throws InvalidSpecException if the text breaks the rules above
     */
    public static StackName of(String text) {
        return new StackName(text);
    }

    @Override
    public int compareTo(StackName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
