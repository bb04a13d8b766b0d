package dev.upkeep.system.container;

import dev.upkeep.infra.aws.stack.ImageStack;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.system.AwsUserData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The user data that Upkeep makes for a stack with one instance, but for what must differ in a test. */
final class UserData {
    static final String FILE = "stack: %s\nplatform: aws\nregion: " + Ec2Surroundings.REGION + "\nversion: 1.0.6\n";

    /** What the resources are that it names. */
    static final Map<String, String> VALUES = Map.of(
            "AWS::Region", Ec2Surroundings.REGION,
            "AWS::StackName", "shop",
            "Address.AllocationId", "eipalloc-0123456789abcdef0",
            "Targets", "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef");

    private UserData() {}

    /**
     * As CloudFormation hands it on.
     *
     * @param home an empty folder
     * @param allocation the address of the instance
     */
    static String of(Path home, String stack, String allocation) throws IOException {
        Map<String, String> values = new TreeMap<>(VALUES);
        values.putAll(Map.of("AWS::StackName", stack, "Address.AllocationId", allocation));
        return AwsUserData.of(home, FILE.formatted(stack), values);
    }

    /** Of the instance of which a machine image is made. */
    static String ofBuilder(String stack) throws IOException {
        return of(ImageStack::builder, stack);
    }

    /** Of the instance that shows that a machine image serves. */
    static String ofCanary(String stack) throws IOException {
        return of(ImageStack::canary, stack);
    }

    private static String of(BiFunction<StackSpec, Resolved, StackTemplate> template, String stack) throws IOException {
        StackSpec spec =
                StackSpec.builder(stack, "1.0.6").aws(Ec2Surroundings.REGION).build();
        Map<String, String> values = new TreeMap<>(VALUES);
        values.put("AWS::StackName", stack + ImageStack.SUFFIX);
        return AwsUserData.in(template.apply(spec, Resolved.nothing()).json(), values);
    }

    /** The same with other settings, and where AWS and the metadata are in one place. All that a test changes is here. */
    static String with(Map<String, String> settings, String aws, String userData) {
        Map<String, String> all = new TreeMap<>(settings);
        // The last two are where the command of AWS finds the role of the machine.
        all.putAll(Map.of("AWS_ENDPOINT_URL", aws, "IMDS", aws, "AWS_EC2_METADATA_SERVICE_ENDPOINT", aws + "/"));
        // Of two lines for one setting, the later one holds.
        String lines = all.entrySet().stream()
                .map(each -> "      " + each.getKey() + "=\"" + each.getValue() + "\"\n")
                .collect(Collectors.joining());
        String last = "      LIMIT=780\n";
        if (!userData.contains(last)) {
            throw new IllegalArgumentException("the settings do not end with " + last.strip());
        }
        return userData.replace(last, last + lines);
    }
}
