package dev.upkeep.infra.image.recipe;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** What a file of a layer holds. Immutable. */
public final class FileContent {

    private static final FileContent FOLDER = new FileContent(Optional.empty(), new byte[0], true);

    private final Optional<Path> file;
    private final byte[] bytes;
    private final boolean folder;

    private FileContent(Optional<Path> file, byte[] bytes, boolean folder) {
        this.file = file;
        this.bytes = bytes;
        this.folder = folder;
    }

    /**
     * Nothing: an empty folder.
     *
     * @return the content of a folder
     */
    public static FileContent emptyFolder() {
        return FOLDER;
    }

    /**
     * The content of a file on the disk, or an empty folder if it is a folder.
     *
     * @param path read when the image is built
     * @return the content
     */
    public static FileContent of(Path path) {
        return new FileContent(Optional.of(path), new byte[0], false);
    }

    /**
     * Text.
     *
     * @param text stored in UTF-8, exactly so
     * @return the content
     */
    public static FileContent of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Bytes.
     *
     * @param content copied
     * @return the content
     */
    public static FileContent of(byte[] content) {
        return new FileContent(Optional.empty(), content.clone(), false);
    }

    /**
     * Whether it is an empty folder that does not lie on the disk.
     *
     * @return true if it is
     */
    public boolean isEmptyFolder() {
        return folder;
    }

    /**
     * Where the content lies, if it lies on the disk.
     *
     * @return the file
     */
    public Optional<Path> file() {
        return file;
    }

    /**
     * The content itself, if it does not lie on the disk.
     *
     * @return a copy of the bytes, none for a file on the disk
     */
    public byte[] bytes() {
        return bytes.clone();
    }
}
