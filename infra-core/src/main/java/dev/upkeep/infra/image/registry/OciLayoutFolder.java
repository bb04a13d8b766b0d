package dev.upkeep.infra.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.image.recipe.ImageInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The images of a folder in the layout of the OCI image specification. */
public final class OciLayoutFolder implements ImageSource {

    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;

    /**
     * Works on a folder. Reads nothing yet.
     *
     * @param folder the folder that holds {@code index.json}
     */
    public OciLayoutFolder(Path folder) {
        this.folder = folder;
    }

    /** A tag may be empty where there is only one image. */
    @Override
    public Optional<Manifest> manifest(String identifier) {
        return DIGEST.matcher(identifier).matches()
                ? read(identifier)
                : tagged(identifier).flatMap(this::read);
    }

    private Optional<String> tagged(String tag) {
        List<String> digests = new ArrayList<>();
        try {
            JsonNode index = MAPPER.readTree(Files.readAllBytes(folder.resolve("index.json")));
            for (JsonNode each : index.path("manifests")) {
                String name = each.path("annotations").path(REF_NAME).asText();
                if (tag.isEmpty() || name.equals(tag) || name.endsWith(":" + tag)) {
                    digests.add(each.path("digest").asText());
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (digests.size() > 1) {
            throw new ImageInputException(
                    folder, "it holds " + digests.size() + " images", "name one: " + folder + ":TAG", null);
        }
        return digests.stream().findFirst();
    }

    private Optional<Manifest> read(String digest) {
        try {
            return Optional.of(Manifest.parse("", Files.readAllBytes(file(digest))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Path file(String digest) {
        return folder.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    @Override
    public InputStream blob(String digest) {
        try {
            return Files.newInputStream(file(digest));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ImageInputException unreadable(IOException e) {
        return new ImageInputException(folder, FileTrouble.unreadable("it", e), "write the layout anew", e);
    }
}
