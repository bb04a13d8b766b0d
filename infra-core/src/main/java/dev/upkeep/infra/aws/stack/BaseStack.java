package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.spec.AwsSettings.Keep;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The small stack that stands before the servers do: repositories for the images, and a group for the logs, which may stay when it goes.
 */
public final class BaseStack {

    /** The type of what holds the images. */
    public static final String REPOSITORY = "AWS::ECR::Repository";

    /** The type of what holds the logs. */
    public static final String LOG_GROUP = "AWS::Logs::LogGroup";

    /** What its name has behind the name of the stack. */
    public static final String SUFFIX = "-base";

    /** How the names of the log streams begin in which instances tell of a boot that failed. */
    public static final String BOOT_LOGS = "boot/";

    /**
     * What the metadata of a resource hold that stays because the file asks for it, and not because it was adopted. CloudFormation takes another
     * deletion policy only along with another change, which this is.
     */
    public static final String KEPT_AS_ASKED = "Kept";

    private static final String REPOSITORY_NAME = "RepositoryName";
    private static final String LOG_GROUP_NAME = "LogGroupName";

    /** By what CloudFormation finds a resource that is there already. */
    private static final Set<String> NAMES = Set.of(REPOSITORY_NAME, LOG_GROUP_NAME);

    private static final String DELETION = "DeletionPolicy";
    private static final String REPLACEMENT = "UpdateReplacePolicy";
    private static final Value RETAIN = Value.of("Retain");

    private static final String NO_KEY =
            "The key that AWS keeps for the service costs nothing, and nobody can lose it.";

    /** Layers that nothing refers to any more: a push that was broken off, or a version that was pruned. */
    private static final String EXPIRE_UNTAGGED =
            "{\"rules\":[{\"rulePriority\":1,\"description\":\"Images without a tag go after a week\",\"selection\":"
                    + "{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\",\"countNumber\":7},"
                    + "\"action\":{\"type\":\"expire\"}}]}";

    /**
     * Resources that were there before the stack, by their logical ids. They stay when it goes.
     *
     * @param standing those that belong to it already
     * @param coming those that are to belong to it as they are: CloudFormation adopts without a look at their settings, so the template says
     *     none, and the next change brings them
     */
    public record Adopted(Set<String> standing, Set<String> coming) {

        /** Everything is made by the stack. */
        public static final Adopted NOTHING = new Adopted(Set.of(), Set.of());

        /** Copies the sets. */
        public Adopted {
            standing = Set.copyOf(standing);
            coming = Set.copyOf(coming);
        }

        private boolean has(Resource resource) {
            return standing.contains(resource.name()) || coming.contains(resource.name());
        }

        private Resource of(Resource resource) {
            if (coming.contains(resource.name())) {
                return Resource.of(
                                resource.name(),
                                resource.type(),
                                resource.properties().only(NAMES))
                        .with(DELETION, RETAIN)
                        .with(REPLACEMENT, RETAIN);
            }
            return resource.with(DELETION, RETAIN).with(REPLACEMENT, RETAIN);
        }
    }

    private BaseStack() {}

    /**
     * Where the parameters of a stack are.
     *
     * @param stack its name
     * @return how their names begin, with a slash at the end
     */
    public static String parameters(String stack) {
        return "/upkeep/" + stack + "/";
    }

    /**
     * Where the logs of a stack are.
     *
     * @param stack its name
     * @return the name of the log group
     */
    public static String logGroup(String stack) {
        return "/upkeep/" + stack;
    }

    /**
     * The template.
     *
     * @param spec a stack on AWS
     * @param images the names of the images that it has repositories for, such as {@code web}; see {@link OwnRepositories}
     * @return the same for the same spec
     */
    public static StackTemplate template(StackSpec spec, List<String> images) {
        return template(spec, images, Adopted.NOTHING);
    }

    /**
     * The template, where not all resources are its own.
     *
     * @param spec a stack on AWS
     * @param images the names of the images that it has repositories for, such as {@code web}; see {@link OwnRepositories}
     * @param adopted what was there before it
     * @return the same for the same spec and the same adopted resources
     */
    public static StackTemplate template(StackSpec spec, List<String> images, Adopted adopted) {
        Design design = new Design(spec, Resolved.nothing());
        List<Resource> resources = new ArrayList<>();
        images.forEach(image -> resources.add(lasting(design, Keep.IMAGES, adopted, repository(design, image))));
        resources.add(lasting(design, Keep.LOGS, adopted, logs(design)));
        return new StackTemplate(
                "Made by upkeep: what the servers of " + spec.name() + " need before they stand",
                List.of(),
                resources,
                List.of(),
                Map.of());
    }

    /** What was adopted stays anyway. What the file keeps goes where its own creation fails, or the next one would find it in its way. */
    private static Resource lasting(Design design, Keep keep, Adopted adopted, Resource resource) {
        if (adopted.has(resource)) {
            return adopted.of(resource);
        }
        return design.aws().operation().keep().contains(keep)
                ? resource.with(DELETION, Value.of("RetainExceptOnCreate"))
                        .with(REPLACEMENT, RETAIN)
                        .with("Metadata", Fields.of(KEPT_AS_ASKED, "aws.keep"))
                : resource;
    }

    private static Resource repository(Design design, String image) {
        String name = image.substring(0, 1).toUpperCase(Locale.ROOT) + image.substring(1) + "Repository";
        Fields properties = Fields.of(REPOSITORY_NAME, design.name() + "/" + image)
                .with("ImageTagMutability", "IMMUTABLE")
                .with("ImageScanningConfiguration", Fields.of("ScanOnPush", Value.of(true)))
                .with("LifecyclePolicy", Fields.of("LifecyclePolicyText", EXPIRE_UNTAGGED))
                .with("EmptyOnDelete", true);
        return Resource.of(name, REPOSITORY, properties).although("CKV_AWS_136", NO_KEY);
    }

    private static Resource logs(Design design) {
        int days = design.aws().operation().logDays();
        Fields properties = Fields.of(LOG_GROUP_NAME, logGroup(design.name())).with("RetentionInDays", days);
        return Resource.of("Logs", LOG_GROUP, properties)
                .with(DELETION, Value.of("Delete"))
                .with(REPLACEMENT, Value.of("Delete"))
                .although("CKV_AWS_158", NO_KEY);
    }
}
