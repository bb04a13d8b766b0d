package dev.upkeep.infra.image.recipe;

import java.time.Instant;

/**
 * A file of a layer.
 *
 * @param path its absolute path within the image
 * @param content what it holds
 * @param mode its permissions, such as {@code 0644}
 * @param owner user and group by number, such as {@code 0:0}
 * @param time its modification time, in whole seconds
 */
public record LayerFile(String path, FileContent content, int mode, String owner, Instant time) {

    /** The permissions of a file that is only read. */
    public static final int READABLE = 0644;

    /** The permissions of a program or a folder. */
    public static final int EXECUTABLE = 0755;

    /** Who owns files that the image's user must not change. */
    public static final String ROOT = "0:0";

    /** The time of files that are made by us. */
    public static final Instant FIXED_TIME = Instant.ofEpochSecond(1);

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if it is not absolute
     */
    public LayerFile {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("\"" + path + "\" cannot be a file of an image; begin it with a slash");
        }
    }

    /**
     * A text that the image's user can only read.
     *
     * @param path its absolute path within the image
     * @param text what it holds
     * @return the file, owned by root
     */
    public static LayerFile text(String path, String text) {
        return new LayerFile(path, FileContent.of(text), READABLE, ROOT, FIXED_TIME);
    }

    /**
     * A program that everybody can run.
     *
     * @param path its absolute path within the image
     * @param text what it holds
     * @return the file, owned by root
     */
    public static LayerFile program(String path, String text) {
        return new LayerFile(path, FileContent.of(text), EXECUTABLE, ROOT, FIXED_TIME);
    }

    /**
     * An empty folder.
     *
     * @param path its absolute path within the image
     * @param owner who may write to it, by number
     * @return the folder
     */
    public static LayerFile folder(String path, String owner) {
        return new LayerFile(path, FileContent.emptyFolder(), EXECUTABLE, owner, FIXED_TIME);
    }
}
