package dev.upkeep.infra.image.dockerfile;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Paths within an image. */
final class ImagePaths {

    private ImagePaths() {}

    /** An absolute path without dots and without a slash at its end. */
    static String resolve(@Nullable String workingFolder, String path) {
        String whole = path.startsWith("/") ? path : (workingFolder == null ? "" : workingFolder) + "/" + path;
        Deque<String> parts = new ArrayDeque<>();
        for (String part : whole.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    /** Whether a target is said to be a folder. */
    static boolean isFolder(String target) {
        return target.matches("(?:.*/)?(?:\\.{1,2})?") || target.endsWith("/");
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The folder that an absolute path lies in. */
    static String above(String path) {
        return path.lastIndexOf('/') > 0 ? path.substring(0, path.lastIndexOf('/')) : "/";
    }
}
