package dev.upkeep.infra.image.recipe;

import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.local.sample.SampleApp;
import dev.upkeep.infra.server.EdgeSettings;
import dev.upkeep.infra.server.RunnerScript;
import dev.upkeep.infra.server.WebSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The recipes of what runs on a server: the two images of a release (nginx with the version and the site, and the application), and the
 * edge in front of them. Immutable.
 */
public final class StandardRecipes {

    /** Who runs in all images: nobody that a host knows. */
    public static final String USER = "10001:10001";

    /** Where nginx looks for its configuration. */
    public static final String NGINX_CONFIGURATION = "/etc/upkeep/nginx.conf";

    /** Where the edge holds {@code upkeep-run}, so that a server finds the one that fits its containers. */
    public static final String RUNNER = "/usr/lib/upkeep/" + RunnerScript.NAME;

    /** Where the user's application lies. */
    public static final String APP = "/app";

    /** Where the socket is made on which the edge asks nginx. */
    private static final String SOCKETS = "/run/upkeep";

    /**
     * A socket that a killed nginx left behind would keep the next one from listening. The link is for an edge that shares the folder.
     * The same as in {@code docker/web/Dockerfile}.
     */
    private static final String START = "cd " + SOCKETS + " && rm -f web.sock && ln -sfn web.sock current.sock"
            + " && exec nginx -e stderr -c " + NGINX_CONFIGURATION;

    private final String version;
    private final Collection<Architecture> architectures;

    private StandardRecipes(String version, Collection<Architecture> architectures) {
        this.version = version;
        this.architectures = List.copyOf(architectures);
    }

    /**
     * The recipes of a version.
     *
     * @param version what {@code /version.txt} answers, and the tag
     * @param architectures the processors that the images are made for, at least one
     * @return the recipes
     * @throws IllegalArgumentException if the version cannot be the tag of an image
     */
    public static StandardRecipes of(String version, Collection<Architecture> architectures) {
        ImageReference.checkTag(version);
        return new StandardRecipes(version, architectures);
    }

    /**
     * nginx, with its configuration, the version and the site.
     *
     * @param base an image that has nginx on its PATH
     * @param configuration the text of nginx.conf
     * @param site the user's folder, if there is a site
     * @return the recipe
     * @throws ImageInputException if a file of the site cannot be used
     */
    public ImageRecipe web(ImageBase base, String configuration, Optional<Path> site) {
        return versioned(base, "web")
                .layer(new ImageLayer(
                        "site",
                        site.map(folder -> FolderFiles.served(folder, WebSettings.SITE))
                                .orElse(List.of())))
                .layer(new ImageLayer(
                        "nginx",
                        List.of(
                                LayerFile.text(NGINX_CONFIGURATION, configuration),
                                LayerFile.folder(SOCKETS, USER),
                                LayerFile.text(WebSettings.VERSION_FILE, version))))
                .entrypoint(List.of("/bin/sh", "-c", START))
                .port(WebSettings.PORT)
                .build();
    }

    /**
     * The nginx that users reach, as {@code docker/edge} builds it. It holds no version, so that it does not change with one. With it
     * comes {@code upkeep-run}, which is run beside it.
     *
     * @param base an image that has nginx on its PATH
     * @param configuration the text of nginx.conf
     * @return the recipe
     */
    public ImageRecipe edge(ImageBase base, String configuration) {
        return common(base, "edge")
                .layer(new ImageLayer("runner", List.of(LayerFile.program(RUNNER, RunnerScript.text()))))
                .layer(new ImageLayer("nginx", List.of(LayerFile.text(NGINX_CONFIGURATION, configuration))))
                .entrypoint(List.of("nginx", "-e", "stderr", "-c", NGINX_CONFIGURATION))
                .port(EdgeSettings.HTTP_PORT)
                .port(EdgeSettings.HTTPS_PORT)
                .build();
    }

    /**
     * The user's folder, laid on a base.
     *
     * @param base what the application needs to run, such as {@code python:3.13-slim}
     * @param folder the user's folder; what its {@code .dockerignore} names stays out
     * @param command the program first; it starts in {@link #APP}
     * @param port the port that it listens on, which is also in the variable {@code PORT}
     * @return the recipe
     * @throws ImageInputException if a file of the folder cannot be used
     */
    public ImageRecipe app(ImageBase base, Path folder, List<String> command, int port) {
        return versioned(base, "app")
                .layer(new ImageLayer("app", FolderFiles.wanted(folder, APP)))
                .workingFolder(APP)
                .entrypoint(command)
                .port(port)
                .environment("PORT", String.valueOf(port))
                .environment("VERSION", version)
                .build();
    }

    /**
     * The sample application, laid on a base, as {@code docker/app} builds it.
     *
     * @param base what has a Java of 17 or later on its PATH
     * @param port the port that it listens on, which is also in the variable {@code PORT}
     * @return the recipe
     */
    public ImageRecipe sample(ImageBase base, int port) {
        String name = SampleApp.class.getName();
        LayerFile program = new LayerFile(
                APP + "/" + name.replace('.', '/') + ".class",
                FileContent.of(classFile(SampleApp.class)),
                LayerFile.READABLE,
                LayerFile.ROOT,
                LayerFile.FIXED_TIME);
        return versioned(base, "app")
                .layer(new ImageLayer("app", List.of(program)))
                .entrypoint(List.of(
                        "java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xmx64m",
                        "-cp",
                        APP,
                        name))
                .port(port)
                .environment("PORT", String.valueOf(port))
                .environment("VERSION", version)
                .environment("DRAIN_SECONDS", "1")
                .build();
    }

    private static byte[] classFile(Class<?> program) {
        try (InputStream file = program.getResourceAsStream(program.getSimpleName() + ".class")) {
            return Objects.requireNonNull(file, program.getName()).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to read " + program.getName() + " from the jar", e);
        }
    }

    /**
     * An image that was built elsewhere, as it is.
     *
     * @param image a tar file or a folder in OCI layout
     * @return the recipe
     */
    public ImageRecipe asItIs(ImageBase image) {
        return ImageRecipe.on(image).architectures(architectures).build();
    }

    private ImageRecipeBuilder versioned(ImageBase base, String title) {
        return common(base, title).label("org.opencontainers.image.version", version);
    }

    private ImageRecipeBuilder common(ImageBase base, String title) {
        return ImageRecipe.on(base)
                .architectures(architectures)
                .user(USER)
                .label("org.opencontainers.image.title", title);
    }
}
