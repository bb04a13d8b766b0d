package dev.upkeep.infra.logs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which part of a stack writes a log. */
public enum LogSource {
    /** The application. */
    APP,
    /** The nginx that comes with the release. */
    WEB,
    /** The nginx before all releases of an instance, where releases are containers. */
    EDGE;

    /**
     * The source of that name.
     *
     * @param word such as {@code app}
     * @return empty if there is none
     */
    public static Optional<LogSource> of(String word) {
        return Arrays.stream(values())
                .filter(source -> source.word().equals(word))
                .findFirst();
    }

    /**
     * How people write it.
     *
     * @return its name in small letters
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
