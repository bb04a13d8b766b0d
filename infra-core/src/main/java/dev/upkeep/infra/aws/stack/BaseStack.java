package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The small stack that stands before the servers do, and may stay when they go: repositories for the images, and a group for the logs.
 */
public final class BaseStack {

    /** What its name has behind the name of the stack. */
    public static final String SUFFIX = "-base";

    /** How the names of the log streams begin in which instances tell of a boot that failed. */
    public static final String BOOT_LOGS = "boot/";

    private static final String NO_KEY =
            "The key that AWS keeps for the service costs nothing, and nobody can lose it.";

    /** Layers that nothing refers to any more: a push that was broken off, or a version that was pruned. */
    private static final String EXPIRE_UNTAGGED =
            "{\"rules\":[{\"rulePriority\":1,\"description\":\"Images without a tag go after a week\",\"selection\":"
                    + "{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\",\"countNumber\":7},"
                    + "\"action\":{\"type\":\"expire\"}}]}";

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
     * @param images the names of its images, such as {@code web}
     * @return the same for the same spec
     */
    public static StackTemplate template(StackSpec spec, List<String> images) {
        Design design = new Design(spec, Resolved.nothing());
        List<Resource> resources = new ArrayList<>();
        images.forEach(image -> resources.add(repository(design, image)));
        resources.add(logs(design));
        return new StackTemplate(
                "Made by upkeep: what the servers of " + spec.name() + " need before they stand",
                resources,
                List.of(),
                Map.of());
    }

    private static Resource repository(Design design, String image) {
        String name = image.substring(0, 1).toUpperCase(Locale.ROOT) + image.substring(1) + "Repository";
        Fields properties = Fields.of("RepositoryName", design.name() + "/" + image)
                .with("ImageTagMutability", "IMMUTABLE")
                .with("ImageScanningConfiguration", Fields.of("ScanOnPush", Value.of(true)))
                .with("LifecyclePolicy", Fields.of("LifecyclePolicyText", EXPIRE_UNTAGGED))
                .with("EmptyOnDelete", true);
        return Resource.of(name, "AWS::ECR::Repository", properties).although("CKV_AWS_136", NO_KEY);
    }

    private static Resource logs(Design design) {
        int days = design.aws().operation().logDays();
        Fields properties = Fields.of("LogGroupName", logGroup(design.name())).with("RetentionInDays", days);
        return Resource.of("Logs", "AWS::Logs::LogGroup", properties)
                .with("DeletionPolicy", Value.of("Delete"))
                .with("UpdateReplacePolicy", Value.of("Delete"))
                .although("CKV_AWS_158", NO_KEY);
    }
}
