package dev.upkeep.infra.aws.ecr;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a private registry of ECR says.
 *
 * @param account the number of the AWS account that it belongs to
 * @param region where it is, such as {@code eu-west-1}
 */
public record EcrHost(String account, String region) {

    private static final Pattern NAME = Pattern.compile("([0-9]{12})\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)"
            + "\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.aws|on\\.amazonwebservices\\.com\\.cn)(?::[0-9]+)?");

    /**
     * Reads the name of a registry.
     *
     * @param registry host and, if it is not the usual one, port
     * @return what it says, empty if it is no private registry of ECR
     */
    public static Optional<EcrHost> parse(String registry) {
        Matcher name = NAME.matcher(registry);
        return name.matches() ? Optional.of(new EcrHost(name.group(1), name.group(2))) : Optional.empty();
    }
}
