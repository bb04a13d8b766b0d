package dev.upkeep.remediation.ssh;

import org.jspecify.annotations.Nullable;

/** Text from elsewhere, for people: nothing in it moves a cursor, and it is not long. */
final class PlainText {
    private static final int LONGEST = 200;

    private PlainText() {}

    static String of(@Nullable String text) {
        if (text == null) {
            return "no reason given";
        }
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }
}
