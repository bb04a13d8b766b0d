package dev.upkeep.infra.aws.account;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose credentials are used, as far as IAM's simulator can tell of them: it knows users and roles. */
sealed interface Caller {

    /**
     * A user of IAM.
     *
     * @param arn its ARN
     */
    record User(String arn) implements Caller {}

    /**
     * Somebody who has taken a role. STS does not say the path of the role, which is a part of its ARN.
     *
     * @param partition of AWS, such as {@code aws}
     * @param account its number
     * @param role its name
     */
    record Session(String partition, String account, String role) implements Caller {

        /** Roles that IAM Identity Center makes always have a path. */
        private static final String MADE_FOR_SSO = "AWSReservedSSO_";

        boolean hasPath() {
            return role.startsWith(MADE_FOR_SSO);
        }

        /** The ARN of the role if it has no path, as most have none. */
        String arnWithoutPath() {
            return "arn:" + partition + ":iam::" + account + ":role/" + role;
        }
    }

    /** The root user of the account, whom no policy of the account limits. */
    record Root() implements Caller {}

    /** Somebody else, such as a federated user. */
    record Other() implements Caller {}

    /** Account and name of a user, of a role, or of the root user. */
    Pattern ARN = Pattern.compile("arn:(aws[a-z-]*):(?:iam|sts)::(\\d{12}):(user/.+|root|assumed-role/([^/]+)/.+)");

    /**
     * Tells who it is.
     *
     * @param arn as STS says it
     */
    static Caller of(String arn) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            return new Other();
        }
        if (parts.group(4) != null) {
            return new Session(parts.group(1), parts.group(2), parts.group(4));
        }
        if (!arn.contains(":iam:")) {
            return new Other();
        }
        return arn.endsWith(":root") ? new Root() : new User(arn);
    }
}
