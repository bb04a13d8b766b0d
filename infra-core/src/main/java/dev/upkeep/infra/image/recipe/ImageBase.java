package dev.upkeep.infra.image.recipe;

import dev.upkeep.infra.image.reference.ImageReference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What an image is laid on. */
public sealed interface ImageBase {

    /** The word for no base at all. */
    String SCRATCH = "scratch";

    /** Nothing. */
    record Scratch() implements ImageBase {

        @Override
        public String toString() {
            return SCRATCH;
        }
    }

    /**
     * An image on a registry.
     *
     * @param reference its name
     */
    record Registry(ImageReference reference) implements ImageBase {

        @Override
        public String toString() {
            return reference.toString();
        }
    }

    /**
     * A tar file as {@code docker save} and {@code skopeo copy ... docker-archive:} write it.
     *
     * @param file where it lies
     */
    record DockerArchive(Path file) implements ImageBase {

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * A folder in the layout of the OCI image specification, as {@code umoci} and {@code skopeo copy ... oci:} write it.
     *
     * @param folder the folder that holds {@code index.json}
     * @param tag which of its images; empty where it holds only one
     */
    record OciLayout(Path folder, String tag) implements ImageBase {

        @Override
        public String toString() {
            return tag.isEmpty() ? folder.toString() : folder + ":" + tag;
        }
    }

    /**
     * Finds out what a text of a configuration file means: {@code scratch}, a tar file or an OCI layout if there is one of
     * that name, else an image on a registry.
     *
     * @param text such as {@code ./base.tar} or {@code nginx:1.28}; a layout may have {@code :tag} behind it
     * @param folder where relative paths start
     * @return the base
     * @throws IllegalArgumentException if it can be none of them
     */
    static ImageBase parse(String text, Path folder) {
        if (text.equals(SCRATCH)) {
            return new Scratch();
        }
        if (Files.isRegularFile(path(text, folder))) {
            return new DockerArchive(path(text, folder));
        }
        int colon = text.lastIndexOf(':');
        if (isLayout(path(text, folder))) {
            return new OciLayout(path(text, folder), "");
        }
        if (colon > 0 && isLayout(path(text.substring(0, colon), folder))) {
            return new OciLayout(path(text.substring(0, colon), folder), text.substring(colon + 1));
        }
        if (text.startsWith(".") || text.startsWith("/")) {
            throw new IllegalArgumentException("there is no image at " + path(text, folder)
                    + "; name a tar file of docker save, a folder in OCI layout, or an image on a registry");
        }
        return new Registry(ImageReference.parse(text));
    }

    private static Path path(String text, Path folder) {
        try {
            return folder.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a path: " + e.getReason(), e);
        }
    }

    /**
     * Whether a folder is in OCI layout.
     *
     * @param folder any folder
     * @return true if it says so
     */
    static boolean isLayout(Path folder) {
        return Files.isRegularFile(folder.resolve("oci-layout"));
    }
}
