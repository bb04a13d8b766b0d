package dev.upkeep.infra.image;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.image.dockerfile.DockerfileImage;
import dev.upkeep.infra.image.recipe.ImageBase;
import dev.upkeep.infra.image.recipe.ImageInputException;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.recipe.StandardRecipes;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.server.EdgeSettings;
import dev.upkeep.infra.server.NginxVersion;
import dev.upkeep.infra.server.WebSettings;
import dev.upkeep.infra.spec.AppSpec;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.ImageSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The images that a stack needs. Looks at the user's files; builds nothing. */
public final class StackImages {

    /** The image of nginx, with the version and the site. */
    public static final String WEB = "web";

    /** The image of the application. */
    public static final String APP = "app";

    /** The image of the nginx in front of all releases. */
    public static final String EDGE = "edge";

    /** The version of nginx in a base is not known, so it is told nothing that an old one does not know. */
    private static final NginxVersion ANY_NGINX = new NginxVersion(0, 0, 0);

    private final StackSpec spec;
    private final StandardRecipes recipes;

    /**
     * What the images are called that the servers of a stack run.
     *
     * @param spec a stack
     * @return their names, the edge's among them; the application's only if there is an application
     */
    public static List<String> names(StackSpec spec) {
        return spec.app().isPresent() ? List.of(EDGE, WEB, APP) : List.of(EDGE, WEB);
    }

    private StackImages(StackSpec spec) {
        this.spec = spec;
        this.recipes = recipes(spec);
    }

    /**
     * Finds out which images a stack needs.
     *
     * @param spec the stack
     * @return the web image, and the application's if there is an application
     * @throws InvalidSpecException if the spec does not say enough for an image, or what cannot be
     * @throws ImageInputException if the user's files cannot be used
     */
    public static List<PlannedImage> of(StackSpec spec) {
        StackImages images = new StackImages(spec);
        List<PlannedImage> planned = new ArrayList<>(List.of(images.web()));
        spec.app().map(images::app).ifPresent(planned::add);
        return planned;
    }

    /**
     * The image of the edge, which belongs to no release: plain HTTP, with the limits of the spec, and behind the load balancer if the
     * stack has one on AWS. Its tag comes from its contents, see {@link PreparedImage#contentTag}.
     *
     * @param spec the stack
     * @return the image
     * @throws InvalidSpecException if the spec says what cannot be
     */
    public static PlannedImage.Made edge(StackSpec spec) {
        StackImages images = new StackImages(spec);
        return new PlannedImage.Made(
                EDGE, images.recipes.edge(images.nginx(), edgeSettings(spec).render()));
    }

    /** Only a load balancer on AWS stands in front of it. Its addresses are those of the network of the stack. */
    private static EdgeSettings edgeSettings(StackSpec spec) {
        EdgeSettings plain = EdgeSettings.plain(ANY_NGINX).allowing(spec.nginx());
        return spec.settings() instanceof AwsSettings aws && spec.shape() == Shape.HIGHLY_AVAILABLE
                ? plain.behind(List.of(aws.network().addresses().toString()))
                : plain;
    }

    /**
     * Where an image of a stack goes. The edge has no version; it goes there under a tag of its own.
     *
     * @param spec the stack
     * @param name {@link #WEB}, {@link #APP} or {@link #EDGE}
     * @return the name with the version as its tag, empty if no registry is named
     * @throws InvalidSpecException if the version cannot be a tag
     */
    public static Optional<ImageReference> reference(StackSpec spec, String name) {
        checkVersion(spec.version());
        return spec.images()
                .registry()
                .map(registry -> ImageReference.parse(registry + "/" + spec.name() + separator(registry) + name)
                        .withTag(spec.version()));
    }

    /** Docker Hub's names have two parts: whose it is, and what. */
    private static String separator(String registry) {
        return registry.startsWith(ImageReference.DOCKER_HUB + "/") ? "-" : "/";
    }

    private static StandardRecipes recipes(StackSpec spec) {
        checkVersion(spec.version());
        return StandardRecipes.of(spec.version(), spec.images().platforms());
    }

    private static void checkVersion(String version) {
        try {
            ImageReference.checkTag(version);
        } catch (IllegalArgumentException e) {
            throw problem("/version", String.valueOf(e.getMessage()), "change the version");
        }
    }

    private PlannedImage.Made web() {
        return new PlannedImage.Made(WEB, recipes.web(nginx(), configuration(), spec.site()));
    }

    private ImageBase nginx() {
        return base("/images/nginx", spec.images().nginx());
    }

    private String configuration() {
        WebSettings plain = WebSettings.plain(ANY_NGINX).allowing(spec.nginx());
        WebSettings settings = spec.site().isPresent() ? plain.withSite() : plain;
        return spec.app()
                .map(app -> settings.withApp(app.port(), app.health()))
                .orElse(settings)
                .render();
    }

    private PlannedImage app(AppSpec app) {
        if (app.port() == WebSettings.PORT || app.port() == WebSettings.CREDENTIALS_PORT) {
            throw problem(
                    "/app/port",
                    "the application shares a network with its nginx, which listens on " + app.port(),
                    "have it listen on another port");
        }
        if (app.image().equals(AppSpec.SAMPLE_IMAGE)) {
            ImageBase base =
                    base(app, "the sample runs on Java; name an image that has it, such as eclipse-temurin:17-jre");
            return new PlannedImage.Made(APP, recipes.sample(base, app.port()));
        }
        Path folder = spec.baseFolder().resolve(app.image()).normalize();
        if (Files.isDirectory(folder) && !ImageBase.isLayout(folder)) {
            return app.base().isEmpty() && DockerfileImage.isIn(folder)
                    ? dockerfile(app, folder)
                    : new PlannedImage.Made(APP, folder(app, folder));
        }
        ImageBase image = base("/app/image", app.image());
        return image instanceof ImageBase.Registry registry
                ? new PlannedImage.Elsewhere(APP, registry.reference())
                : new PlannedImage.Made(APP, recipes.asItIs(image));
    }

    private PlannedImage.Made dockerfile(AppSpec app, Path folder) {
        if (!app.command().isEmpty()) {
            throw problem(
                    "/app/command",
                    "the folder has a Dockerfile, which says what is run",
                    "leave the command out, or name what the folder is laid on (app.base) instead of the Dockerfile");
        }
        DockerfileImage image = DockerfileImage.read(folder, spec.images().platforms());
        return new PlannedImage.Made(APP, image.recipe(), image.notes());
    }

    private ImageRecipe folder(AppSpec app, Path folder) {
        ImageBase base = base(app, "an image made of a folder is laid on a base; name one, such as python:3.13-slim");
        if (app.command().isEmpty()) {
            throw problem(
                    "/app/command",
                    "an image made of a folder needs to know what it runs",
                    "write the command, program first");
        }
        return recipes.app(base, folder, app.command(), app.port());
    }

    private ImageBase base(AppSpec app, String hint) {
        String base = app.base().orElseThrow(() -> problem("/app/base", "app.base is missing", hint));
        return base("/app/base", base);
    }

    private ImageBase base(String pointer, String text) {
        try {
            return ImageBase.parse(text, spec.baseFolder());
        } catch (IllegalArgumentException e) {
            throw problem(
                    pointer,
                    String.valueOf(e.getMessage()),
                    "write it like " + ImageSettings.DEFAULT_NGINX + " or ./base.tar");
        }
    }

    private static InvalidSpecException problem(String pointer, String found, String hint) {
        return new InvalidSpecException(List.of(new SpecProblem(pointer, found, hint)));
    }
}
