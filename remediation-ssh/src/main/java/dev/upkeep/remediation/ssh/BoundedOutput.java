package dev.upkeep.remediation.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The beginning of what a command prints. The rest is counted and dropped. Safe for use by several threads. */
final class BoundedOutput {
    /** The most bytes of UTF-8 per character of Java. */
    private static final int BYTES_PER_CHARACTER = 3;

    private final int characters;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean isCut;

    BoundedOutput(int characters) {
        this.characters = characters;
    }

    synchronized void add(byte[] bytes, int from, int length) {
        long room = (long) characters * BYTES_PER_CHARACTER - kept.size();
        int taken = (int) Math.min(room, length);
        kept.write(bytes, from, taken);
        isCut |= taken < length;
    }

    /** What is no UTF-8 is shown as the replacement character. */
    synchronized String text() {
        String all = kept.toString(StandardCharsets.UTF_8);
        if (all.length() <= characters) {
            return all;
        }
        int end = Character.isHighSurrogate(all.charAt(characters - 1)) ? characters - 1 : characters;
        return all.substring(0, end);
    }

    synchronized boolean isCut() {
        return isCut || kept.toString(StandardCharsets.UTF_8).length() > characters;
    }
}
