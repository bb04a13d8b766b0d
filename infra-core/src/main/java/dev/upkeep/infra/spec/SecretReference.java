package dev.upkeep.infra.spec;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the value of a secret lies. Only the name is ever known here, never the value.
 *
 * @param store which service keeps it
 * @param name what it is called there
 */
public record SecretReference(Store store, String name) {

    /** Services of AWS that keep secrets. */
    public enum Store {
        /** The parameter store of Systems Manager, for a {@code SecureString}. */
        PARAMETER,
        /** Secrets Manager. */
        SECRETS_MANAGER
    }

    private static final String PREFIX = "secretsmanager:";
    private static final int LONGEST_PARAMETER = 900;

    /** As Systems Manager takes the names of parameters, with up to fifteen levels. */
    private static final Pattern PARAMETER = Pattern.compile("(/[A-Za-z0-9_.-]+){1,15}");

    /** As Secrets Manager takes names. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}");

    /**
     * Reads a reference.
     *
     * @param text such as {@code /shop/db-password} or {@code secretsmanager:shop/api-key}
     * @return the reference
     * @throws IllegalArgumentException if it is none. The message does not show the text, which may be the secret itself
     */
    public static SecretReference parse(String text) {
        if (text.startsWith(PREFIX)) {
            String name = text.substring(PREFIX.length());
            if (SECRET.matcher(name).matches()) {
                return new SecretReference(Store.SECRETS_MANAGER, name);
            }
        } else if (PARAMETER.matcher(text).matches() && text.length() <= LONGEST_PARAMETER && !isOfAws(text)) {
            return new SecretReference(Store.PARAMETER, text);
        }
        throw new IllegalArgumentException(
                "this names no secret, and is not shown in case it is one; write the name of a parameter of Systems Manager,"
                        + " like /shop/db-password, or of a secret of Secrets Manager, like secretsmanager:shop/api-key");
    }

    /** Names that begin so are taken by AWS. */
    private static boolean isOfAws(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return small.startsWith("/aws") || small.startsWith("/ssm");
    }

    /** As it was written. */
    @Override
    public String toString() {
        return store == Store.SECRETS_MANAGER ? PREFIX + name : name;
    }
}
