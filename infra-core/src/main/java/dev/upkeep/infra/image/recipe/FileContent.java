package dev.upkeep.infra.image.recipe;

import dev.upkeep.infra.server.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** What a file of a layer holds. Immutable. */
public final class FileContent {

    private static final FileContent FOLDER = new FileContent(Optional.empty(), Optional.empty(), new byte[0], true);

    private final Optional<Path> file;
    private final Optional<String> digest;
    private final byte[] bytes;
    private final boolean folder;

    private FileContent(Optional<Path> file, Optional<String> digest, byte[] bytes, boolean folder) {
        this.file = file;
        this.digest = digest;
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
        return new FileContent(Optional.of(path), Optional.empty(), new byte[0], false);
    }

    /** The same, of a file that was read already. */
    static FileContent read(Path path, byte[] digest) {
        return new FileContent(Optional.of(path), Optional.of(HexFormat.of().formatHex(digest)), new byte[0], false);
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
        return new FileContent(Optional.empty(), Optional.empty(), content.clone(), false);
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

    /**
     * What identifies the content: of a file that was read before, what it held then; else what it holds now.
     *
     * @return 64 hexadecimal digits, or another word for a folder
     * @throws IOException if the file cannot be read
     */
    public String digest() throws IOException {
        return digest.isPresent() ? digest.get() : digestNow();
    }

    /**
     * Whether a file holds what it held when it was read before.
     *
     * @return true if it does, or was not read before
     * @throws IOException if the file cannot be read
     */
    public boolean isUnchanged() throws IOException {
        return digest.isEmpty() || digest.get().equals(digestNow());
    }

    private String digestNow() throws IOException {
        if (folder || (file.isPresent() && Files.isDirectory(file.get()))) {
            return "folder";
        }
        return file.isPresent()
                ? Sha256.of(file.get())
                : HexFormat.of().formatHex(Sha256.begin().digest(bytes));
    }
}
