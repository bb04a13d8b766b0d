package dev.upkeep.infra.inventory;

import java.util.regex.Pattern;

/**
 * The name of one instance within its stack: {@code i1}, {@code i2} ... locally, {@code i-0abc...} on AWS.
 *
 * @param text lower-case letters, digits and hyphens, beginning with a letter, at most 32 characters
 */
public record InstanceId(String text) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /**
     * Checks the form, which also makes it safe as a file name.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public InstanceId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no instance id; use lower-case letters, digits and hyphens, such as i1");
        }
    }

    /**
     * Makes an id from text.
     *
     * @param text the id
     * @return the checked id
     * @throws IllegalArgumentException if the text has another form
     */
    public static InstanceId of(String text) {
        return new InstanceId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
