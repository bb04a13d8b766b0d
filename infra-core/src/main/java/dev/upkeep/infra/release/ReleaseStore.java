package dev.upkeep.infra.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.failure.StateFolderException;
import dev.upkeep.infra.files.OwnerOnly;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The releases of a stack, on this machine: one JSON file for each version, in a folder beside the stack's own, so that
 * they outlive it. A file is written once and never changed.
 */
public final class ReleaseStore {

    /** Raised when the meaning of the files changes. */
    static final int FORMAT = 1;

    private static final String TYPE = "upkeep-release";
    private static final String SUFFIX = ".json";
    private static final String ELSEWHERE = "choose another state folder (XDG_STATE_HOME)";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final StackName stack;
    private final Path folder;

    /**
     * Works on the releases of a stack.
     *
     * @param stateFolder the folder of all stacks
     * @param stack the stack
     */
    public ReleaseStore(Path stateFolder, StackName stack) {
        this.stack = stack;
        this.folder = stateFolder.resolve(stack + ".releases");
    }

    /**
     * Keeps a release.
     *
     * @param release what to keep
     * @return true if it is new; false if the same images were tied to this version before
     * @throws ReleaseTakenException if the version has other images
     * @throws StateFolderException if it cannot be written
     */
    public boolean create(ImageRelease release) {
        Path file = file(release.version());
        try {
            OwnerOnly.makeFolder(folder);
            Path beside = Files.createTempFile(folder, "new", "");
            try {
                Files.writeString(beside, json(release));
                // Unlike a rename, a link fails where there is a file already.
                Files.createLink(file, beside);
                return true;
            } finally {
                Files.delete(beside);
            }
        } catch (FileAlreadyExistsException e) {
            ImageRelease present = find(release.version()).orElseThrow();
            if (!present.hasSameImages(release)) {
                throw new ReleaseTakenException(stack.text(), present, release);
            }
            return false;
        } catch (IOException e) {
            throw unusable(file, FileTrouble.reason(e), e);
        }
    }

    private Path file(String version) {
        return folder.resolve(version + SUFFIX);
    }

    /**
     * Looks for a release.
     *
     * @param version its version
     * @return the release, empty if there is none
     * @throws StateFolderException if it cannot be read, or a newer Upkeep wrote it
     */
    public Optional<ImageRelease> find(String version) {
        ImageReference.checkTag(version);
        return read(file(version));
    }

    /**
     * All releases.
     *
     * @return the newest first
     * @throws StateFolderException if one cannot be read, or a newer Upkeep wrote it
     */
    public List<ImageRelease> list() {
        List<ImageRelease> releases = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(SUFFIX))
                    .forEach(file -> read(file).ifPresent(releases::add));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw unusable(folder, FileTrouble.reason(e), e);
        }
        releases.sort(Comparator.comparing(ImageRelease::created)
                .reversed()
                .thenComparing(ImageRelease::version, Comparator.reverseOrder()));
        return releases;
    }

    private static Optional<ImageRelease> read(Path file) {
        try {
            JsonNode root = MAPPER.readTree(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            if (!root.path("type").asText().equals(TYPE)) {
                throw unusable(file, "it is no release", null);
            }
            if (root.path("format").asInt() != FORMAT) {
                throw unusable(file, "a newer Upkeep wrote it", null);
            }
            return Optional.of(release(root));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(file, FileTrouble.reason(e), e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw unusable(file, "it is damaged: " + e.getMessage(), e);
        }
    }

    private static StateFolderException unusable(Path file, String found, @Nullable Exception cause) {
        return new StateFolderException(file, found, "put it right, or " + ELSEWHERE, cause);
    }

    private static ImageRelease release(JsonNode root) {
        SortedMap<String, ImageReference> images = new TreeMap<>();
        root.required("images")
                .properties()
                .forEach(image -> images.put(
                        image.getKey(), ImageReference.parse(image.getValue().asText())));
        return new ImageRelease(
                root.required("version").asText(),
                images,
                Instant.parse(root.required("created").asText()),
                root.required("createdBy").asText());
    }

    private static String json(ImageRelease release) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("type", TYPE).put("format", FORMAT).put("version", release.version());
        ObjectNode images = root.putObject("images");
        release.images().forEach((name, image) -> images.put(name, image.toString()));
        root.put("created", release.created().toString()).put("createdBy", release.createdBy());
        return root.toPrettyString() + "\n";
    }
}
