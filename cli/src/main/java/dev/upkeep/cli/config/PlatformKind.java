package dev.upkeep.cli.config;

import java.util.Arrays;
import java.util.List;

/** Where a stack stands. */
public enum PlatformKind {
    /** Amazon Web Services. */
    AWS("aws"),
    /** This machine. */
    LOCAL("local");

    private final String text;

    PlatformKind(String text) {
        this.text = text;
    }

    /** The word for it in the file. */
    public String text() {
        return text;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(PlatformKind::text).toList();
    }
}
