package dev.upkeep.infra.image;

import dev.upkeep.infra.image.jib.ImageRecord;
import dev.upkeep.infra.image.jib.JibBuild;
import dev.upkeep.infra.image.jib.Rehearsal;
import dev.upkeep.infra.image.recipe.ImageBase;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.image.registry.ImageSource;
import dev.upkeep.infra.image.registry.Manifest;
import dev.upkeep.infra.image.registry.OciLayoutFolder;
import dev.upkeep.infra.image.registry.RegistryAccess;
import dev.upkeep.infra.image.registry.RegistryException;
import dev.upkeep.infra.image.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an image is laid on, found.
 *
 * @param source where it is read from; empty for nothing and for a tar file
 * @param manifest what it consists of
 * @param reference its name, if it is on a registry
 */
record BaseImage(Optional<ImageSource> source, Optional<Manifest> manifest, Optional<ImageReference> reference) {

    static BaseImage find(ImageRecipe recipe, RegistryAccess access) throws InterruptedException {
        ImageBase base = recipe.base();
        if (base instanceof ImageBase.Registry registry) {
            ImageReference reference = registry.reference();
            Repository repository = access.repository(reference);
            return new BaseImage(
                    Optional.of(repository), Optional.of(manifest(repository, reference)), Optional.of(reference));
        }
        if (base instanceof ImageBase.OciLayout layout) {
            OciLayoutFolder folder = new OciLayoutFolder(layout.folder());
            Manifest manifest = folder.manifest(layout.tag())
                    .orElseThrow(() -> new ImageException(
                            base.toString(), "the layout has no such image", "see its index.json", null));
            return new BaseImage(Optional.of(folder), Optional.of(manifest), Optional.empty());
        }
        return new BaseImage(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Manifest manifest(Repository repository, ImageReference reference) throws InterruptedException {
        return repository
                .manifest(reference.identifier())
                .orElseThrow(() -> new RegistryException(
                        reference.registry(),
                        OptionalInt.of(404),
                        "Tried to find " + reference + " on registry " + reference.registry()
                                + ": it answered 404, there is no such image; check name and tag, or log in",
                        null));
    }

    /** What identifies it where it is read from. */
    String identifier() {
        return manifest.map(Manifest::digest).orElse("");
    }

    /** Whether it is made for the processors of the recipe; of a tar file that is seen only when it is used. */
    void check(ImageRecipe recipe) throws InterruptedException {
        if (source.isPresent()) {
            Set<String> found = architectures(source.get(), manifest.orElseThrow());
            checkArchitecture(recipe.base().toString(), recipe.architectures(), found);
        }
    }

    /** Builds the image, sends it nowhere, and checks what it is made for. */
    static ImageRecord rehearse(String name, ImageRecipe recipe, JibBuild build)
            throws IOException, InterruptedException {
        Rehearsal rehearsal = new Rehearsal();
        build.sendTo(rehearsal);
        checkArchitecture(name, recipe.architectures(), rehearsal.architectures());
        return rehearsal.record();
    }

    static void checkArchitecture(String name, Collection<Architecture> wanted, Set<String> found) {
        if (wanted.stream().map(Architecture::word).allMatch(found::contains)) {
            return;
        }
        String platforms = wanted.stream().map(Architecture::platform).collect(Collectors.joining(" and "));
        String named = String.join(" and ", found);
        String present = named.isEmpty() ? "no processor that is known here" : named;
        throw new ImageException(
                name,
                "it is made for " + present + ", and " + platforms + " was asked for",
                "use an image for " + platforms + ", or ask for the other platform",
                null);
    }

    /** By what an index says, or the configuration of a single image. */
    static Set<String> architectures(ImageSource source, Manifest manifest) throws InterruptedException {
        if (manifest.config().isEmpty()) {
            return manifest.variants().stream()
                    .flatMap(each -> each.architecture().stream())
                    .map(Architecture::word)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        String config = manifest.config().get().digest();
        try (InputStream content = source.blob(config)) {
            return Set.of(Manifest.architecture(content.readAllBytes()));
        } catch (IOException e) {
            throw new ImageException(config, "its configuration cannot be read: " + e.getMessage(), "try again", e);
        }
    }
}
