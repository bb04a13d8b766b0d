package dev.upkeep.infra.image.reference;

import java.util.Arrays;
import java.util.Optional;

/** The kind of processor that an image runs on. The operating system is always Linux. */
public enum Architecture {
    /** 64-bit x86. */
    AMD64("amd64", "x86_64"),
    /** 64-bit ARM, such as AWS Graviton. */
    ARM64("arm64", "aarch64");

    private static final String LINUX = "linux/";

    private final String word;
    private final String kernelWord;

    Architecture(String word, String kernelWord) {
        this.word = word;
        this.kernelWord = kernelWord;
    }

    /**
     * The word that images use for it.
     *
     * @return such as {@code amd64}
     */
    public String word() {
        return word;
    }

    /**
     * The operating system and the architecture, as images and configuration files write them.
     *
     * @return such as {@code linux/amd64}
     */
    public String platform() {
        return LINUX + word;
    }

    /**
     * Reads a platform.
     *
     * @param text such as {@code linux/amd64}, or only {@code amd64} or {@code x86_64}
     * @return the architecture
     * @throws IllegalArgumentException if it is another one, with the ones that there are
     */
    public static Architecture parse(String text) {
        String bare = text.startsWith(LINUX) ? text.substring(LINUX.length()) : text;
        return of(bare).orElseThrow(() -> new IllegalArgumentException(
                "\"" + text + "\" is no platform for an image; use linux/amd64 or linux/arm64"));
    }

    /**
     * Finds an architecture by the word that an image or a kernel uses for it.
     *
     * @param text such as {@code amd64} or {@code aarch64}
     * @return the architecture, empty if it is another one
     */
    public static Optional<Architecture> of(String text) {
        return Arrays.stream(values())
                .filter(each -> each.word.equals(text) || each.kernelWord.equals(text))
                .findFirst();
    }
}
