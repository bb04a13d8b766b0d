package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link StackSpec} as they were written and checks them together, so that one run reports
 * every problem. Not safe for use by several threads; may be used again after {@link #build()}.
 */
public final class StackSpecBuilder {

    private final String name;
    private final String version;
    private Shape shape = Shape.SINGLE;
    private @Nullable Integer instances;
    private Path baseFolder = Path.of("");
    private @Nullable Path site;
    private String image = AppSpec.SAMPLE_IMAGE;
    private @Nullable String appBase;
    private int appPort = AppSpec.DEFAULT_PORT;
    private List<String> command = List.of();
    private AppHealth health = AppHealth.standard();
    private AppEnvironment environment = AppEnvironment.none();
    private AppPermissions permissions = AppPermissions.none();
    private @Nullable Boolean hasApp;
    private @Nullable String domainName;
    private @Nullable String domainZone;
    private ImageSettings images = ImageSettings.standard();
    private NginxLimits nginx = NginxLimits.standard();
    private Settings settings = Settings.LOCAL;
    private @Nullable String region;
    private @Nullable AwsSettings aws;
    private int localPort;
    private LocalSettings.Engine engine = LocalSettings.Engine.PROCESSES;
    private String network = LocalSettings.DEFAULT_NETWORK;

    private enum Settings {
        LOCAL,
        AWS
    }

    StackSpecBuilder(String name, String version) {
        this.name = name;
        this.version = version;
    }

    /**
     * Sets the shape.
     *
     * @param value how the stack is built; {@link Shape#SINGLE} unless set
     * @return this
     */
    public StackSpecBuilder shape(Shape value) {
        this.shape = value;
        return this;
    }

    /**
     * Sets the number of instances.
     *
     * @param value how many; {@link Shape#minimumInstances()} unless set
     * @return this
     */
    public StackSpecBuilder instances(int value) {
        this.instances = value;
        return this;
    }

    /**
     * Sets where relative paths start, usually the folder of the configuration file.
     *
     * @param value a folder; the current one unless set
     * @return this
     */
    public StackSpecBuilder baseFolder(Path value) {
        this.baseFolder = value;
        return this;
    }

    /**
     * Sets the static files that nginx serves.
     *
     * @param value a folder, taken relative to the base folder; without it everything goes to the application
     * @return this
     */
    public StackSpecBuilder site(Path value) {
        this.site = value;
        return this;
    }

    /**
     * Sets the application. Without it a stack with a site has none, and one without a site runs the sample.
     *
     * @param imageOrFolder an image reference, or a folder relative to the base folder
     * @param port the port it listens on within its server, 1 to 65535
     * @return this
     */
    public StackSpecBuilder app(String imageOrFolder, int port) {
        this.hasApp = true;
        this.image = imageOrFolder;
        this.appPort = port;
        return this;
    }

    /**
     * Sets what the folder of the application is laid on when an image is made of it.
     *
     * @param value an image on a registry, a tar file or a folder in OCI layout
     * @return this
     */
    public StackSpecBuilder appBase(String value) {
        this.appBase = value;
        return this;
    }

    /**
     * Sets how images are built, and where they go.
     *
     * @param value {@link ImageSettings#standard()} unless set
     * @return this
     */
    public StackSpecBuilder images(ImageSettings value) {
        this.images = value;
        return this;
    }

    /**
     * Sets what nginx allows one request.
     *
     * @param value {@link NginxLimits#standard()} unless set
     * @return this
     */
    public StackSpecBuilder nginx(NginxLimits value) {
        this.nginx = value;
        return this;
    }

    /**
     * Leaves the application out: nginx serves the site and nothing else.
     *
     * @return this
     */
    public StackSpecBuilder withoutApp() {
        this.hasApp = false;
        return this;
    }

    /**
     * Sets how the application says that it can serve users.
     *
     * @param value what is asked of it; {@link AppHealth#standard()} unless set
     * @return this
     */
    public StackSpecBuilder health(AppHealth value) {
        this.health = value;
        return this;
    }

    /**
     * Sets what the application finds in its environment.
     *
     * @param value {@link AppEnvironment#none()} unless set
     * @return this
     */
    public StackSpecBuilder environment(AppEnvironment value) {
        this.environment = value;
        return this;
    }

    /**
     * Sets what the application may do on Amazon Web Services.
     *
     * @param value {@link AppPermissions#none()} unless set
     * @return this
     */
    public StackSpecBuilder permissions(AppPermissions value) {
        this.permissions = value;
        return this;
    }

    /**
     * Sets what the local platform runs as the application.
     *
     * @param programAndArguments the program first; empty, the default, runs the sample application
     * @return this
     */
    public StackSpecBuilder command(List<String> programAndArguments) {
        this.command = List.copyOf(programAndArguments);
        return this;
    }

    /**
     * Sets the name users reach the stack by.
     *
     * @param host the full host name
     * @param zone the DNS zone that holds it
     * @return this
     */
    public StackSpecBuilder domain(String host, String zone) {
        this.domainName = host;
        this.domainZone = zone;
        return this;
    }

    /**
     * Builds the stack on this machine, which is the default. Of several choices of a platform the last one counts.
     *
     * @param port the port users reach: 1 to 65535, or 0 to let the platform choose one and remember it
     * @return this
     */
    public StackSpecBuilder local(int port) {
        this.settings = Settings.LOCAL;
        this.localPort = port;
        return this;
    }

    /**
     * Chooses what runs releases on this machine, where the stack stands there.
     *
     * @param value processes unless set
     * @return this
     */
    public StackSpecBuilder engine(LocalSettings.Engine value) {
        this.engine = value;
        return this;
    }

    /**
     * Sets which network of Docker the containers of a stack on this machine join.
     *
     * @param value its name; {@link LocalSettings#DEFAULT_NETWORK} unless set
     * @return this
     */
    public StackSpecBuilder network(String value) {
        this.network = value;
        return this;
    }

    /**
     * Builds the stack on Amazon Web Services, in the region of the user's own AWS configuration.
     *
     * @return this
     */
    public StackSpecBuilder aws() {
        this.settings = Settings.AWS;
        return this;
    }

    /**
     * Builds the stack on Amazon Web Services.
     *
     * @param inRegion an AWS region
     * @return this
     */
    public StackSpecBuilder aws(String inRegion) {
        this.region = inRegion;
        return aws();
    }

    /**
     * Builds the stack on Amazon Web Services.
     *
     * @param value what only such a stack has
     * @return this
     */
    public StackSpecBuilder aws(AwsSettings value) {
        this.aws = value;
        return aws();
    }

    /**
     * Checks everything and makes the spec. Reads no files.
     *
     * @return a valid spec
     * @throws InvalidSpecException with all problems, if there are any
     */
    public StackSpec build() {
        SpecRules.throwIfAny(problems());
        Path base = baseFolder.toAbsolutePath().normalize();
        return new StackSpec(
                new StackName(name),
                shape,
                version,
                count(),
                base,
                Optional.ofNullable(site).map(path -> base.resolve(path).normalize()),
                hasApp() ? Optional.of(app()) : Optional.empty(),
                domain(),
                images,
                nginx,
                platform());
    }

    private AppSpec app() {
        return new AppSpec(image, Optional.ofNullable(appBase), appPort, command, health, environment, permissions);
    }

    private PlatformSettings platform() {
        return settings == Settings.LOCAL ? new LocalSettings(localPort, engine, network) : awsSettings();
    }

    private AwsSettings awsSettings() {
        AwsSettings standing = aws == null ? AwsSettings.standard(Optional.empty()) : aws;
        return region == null ? standing : standing.in(region);
    }

    private List<SpecProblem> problems() {
        List<SpecProblem> problems = new ArrayList<>();
        SpecRules.name(name).ifPresent(problems::add);
        SpecRules.version(version).ifPresent(problems::add);
        SpecRules.instances(shape, count()).ifPresent(problems::add);
        problems.addAll(SpecRules.app(image, appPort, command));
        SpecRules.something(site != null, hasApp()).ifPresent(problems::add);
        if (domainName != null && domainZone != null) {
            problems.addAll(SpecRules.domain(domainName, domainZone));
        }
        Optional.ofNullable(region).flatMap(SpecRules::region).ifPresent(problems::add);
        SpecRules.localPort(localPort).ifPresent(problems::add);
        SpecRules.network(network).ifPresent(problems::add);
        return problems;
    }

    /** A site that says nothing about an application must not show strangers our sample behind it. */
    private boolean hasApp() {
        return hasApp == null ? site == null || !command.isEmpty() : hasApp;
    }

    private int count() {
        return instances == null ? shape.minimumInstances() : instances;
    }

    private Optional<DomainSpec> domain() {
        return domainName == null || domainZone == null
                ? Optional.empty()
                : Optional.of(new DomainSpec(domainName, domainZone));
    }
}
