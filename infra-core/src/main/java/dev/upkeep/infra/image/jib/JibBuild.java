package dev.upkeep.infra.image.jib;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.image.json.PlatformNotFoundInBaseImageException;
import dev.upkeep.infra.image.recipe.FileContent;
import dev.upkeep.infra.image.recipe.ImageBase;
import dev.upkeep.infra.image.recipe.ImageInputException;
import dev.upkeep.infra.image.recipe.ImageLayer;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.recipe.LayerFile;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.image.registry.ImageSource;
import dev.upkeep.infra.image.registry.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds one recipe with Jib, as often as it is asked to. */
public final class JibBuild {

    /** Stands in the image's history, so it must not change with our version. */
    private static final String TOOL = "upkeep";

    private static final String TOOL_VERSION = "1";

    private final ImageRecipe recipe;
    private final Optional<ImageSource> source;
    private final String baseIdentifier;
    private final Path cache;

    /**
     * A build.
     *
     * @param recipe what is built
     * @param source where a base that is not in a tar file is read from
     * @param baseIdentifier the tag or digest of the base there
     * @param cache a folder for layers, made if it does not exist
     */
    public JibBuild(ImageRecipe recipe, Optional<ImageSource> source, String baseIdentifier, Path cache) {
        this.recipe = recipe;
        this.source = source;
        this.baseIdentifier = baseIdentifier;
        this.cache = cache;
    }

    /**
     * Builds the image, and sends what its destination does not have.
     *
     * @param destination where it goes
     * @throws IOException if files cannot be used
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.failure.InfraException whatever went wrong with base or destination
     */
    public void sendTo(Destination destination) throws IOException, InterruptedException {
        try (Gateway gateway = new Gateway(source, destination)) {
            run(gateway, () -> Containerizer.to(RegistryImage.named(gateway.target() + ":image")));
        }
    }

    /**
     * Builds the image into a tar file, as {@code docker save} writes it.
     *
     * @param file an older one is replaced
     * @param name what the image is called when it is loaded
     * @throws IOException if files cannot be used
     * @throws InterruptedException if the calling thread is interrupted
     * @throws dev.upkeep.infra.failure.InfraException whatever went wrong with the base
     */
    public void writeTo(Path file, ImageReference name) throws IOException, InterruptedException {
        try (Gateway gateway = new Gateway(source, new Rehearsal())) {
            run(gateway, () -> Containerizer.to(TarImage.at(file).named(name.toString())));
        }
    }

    private interface Target {
        Containerizer containerizer() throws InvalidImageReferenceException;
    }

    private void run(Gateway gateway, Target target) throws IOException, InterruptedException {
        try {
            container(gateway)
                    .containerize(target.containerizer()
                            .setAllowInsecureRegistries(true)
                            .setBaseImageLayersCache(cache.resolve("base"))
                            .setApplicationLayersCache(cache.resolve("layers"))
                            .setAlwaysCacheBaseImage(false)
                            .setToolName(TOOL)
                            .setToolVersion(TOOL_VERSION));
        } catch (RegistryException
                | CacheDirectoryCreationException
                | ExecutionException
                | InvalidImageReferenceException
                | IOException e) {
            if (gateway.failure().isPresent()) {
                throw gateway.failure().get();
            }
            throw rootOf(e);
        } finally {
            // Jib remembers the base under the gateway's address, which no other build has.
            remove(cache.resolve("base")
                    .resolve("images")
                    .resolve(gateway.address().replace(':', '!')));
        }
    }

    private IOException rootOf(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof PlatformNotFoundInBaseImageException
                && recipe.base() instanceof ImageBase.DockerArchive archive) {
            throw new ImageInputException(
                    archive.file(),
                    String.valueOf(cause.getMessage()),
                    "use an image for that platform, or ask for the other platform",
                    e);
        }
        return cause instanceof IOException io ? io : new IOException(cause.getMessage(), cause);
    }

    private JibContainerBuilder container(Gateway gateway) throws InvalidImageReferenceException, IOException {
        JibContainerBuilder builder = base(gateway)
                .setFormat(ImageFormat.Docker)
                .setCreationTime(Instant.EPOCH)
                .setPlatforms(recipe.architectures().stream()
                        .map(each -> new Platform(each.word(), "linux"))
                        .collect(Collectors.toSet()))
                .setExposedPorts(recipe.ports().stream().map(Port::tcp).collect(Collectors.toSet()))
                .setEnvironment(recipe.environment())
                .setLabels(recipe.labels());
        recipe.user().ifPresent(builder::setUser);
        recipe.workingFolder().map(AbsoluteUnixPath::get).ifPresent(builder::setWorkingDirectory);
        if (!recipe.entrypoint().isEmpty()) {
            builder.setEntrypoint(recipe.entrypoint());
        }
        if (!recipe.command().isEmpty()) {
            builder.setProgramArguments(recipe.command());
        }
        for (ImageLayer layer : recipe.layers()) {
            builder.addFileEntriesLayer(entries(layer));
        }
        return builder;
    }

    private JibContainerBuilder base(Gateway gateway) throws InvalidImageReferenceException {
        if (recipe.base() instanceof ImageBase.Scratch) {
            return Jib.fromScratch();
        }
        if (recipe.base() instanceof ImageBase.DockerArchive archive) {
            return Jib.from(TarImage.at(archive.file()));
        }
        String separator = baseIdentifier.startsWith("sha256:") ? "@" : ":";
        return Jib.from(RegistryImage.named(gateway.base() + separator + baseIdentifier));
    }

    private FileEntriesLayer entries(ImageLayer layer) throws IOException {
        FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
        for (LayerFile file : layer.files()) {
            entries.addEntry(
                    onDisk(file.content()),
                    AbsoluteUnixPath.get(file.path()),
                    FilePermissions.fromOctalString(Integer.toOctalString(file.mode())),
                    file.time(),
                    file.owner());
        }
        return entries.build();
    }

    /** Jib takes files only, and knows one again by its path and time: so each text has one file for ever. */
    private Path onDisk(FileContent content) throws IOException {
        if (content.file().isPresent()) {
            return content.file().get();
        }
        if (content.isEmptyFolder()) {
            return Files.createDirectories(cache.resolve("folder"));
        }
        byte[] bytes = content.bytes();
        Path file = cache.resolve("texts").resolve(Manifest.digestOf(bytes).substring("sha256:".length()));
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Path beside = Files.createTempFile(file.getParent(), "new", "");
            Files.write(beside, bytes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(JibBuild::removeOne);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to remove " + folder, e);
        }
    }

    private static void removeOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to remove " + path, e);
        }
    }
}
