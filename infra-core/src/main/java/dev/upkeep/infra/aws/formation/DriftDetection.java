package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.AwsWords;
import dev.upkeep.infra.aws.template.DeployedTemplate;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackDriftDetectionStatusResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceDriftsResponse;
import software.amazon.awssdk.services.cloudformation.model.PropertyDifference;
import software.amazon.awssdk.services.cloudformation.model.StackDriftDetectionStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDrift;

/**
 * Has CloudFormation compare stacks with what is really there. It compares what the template names, of the types that it can compare. Safe for use by
 * several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html">Drift detection</a>
 */
public final class DriftDetection {

    /** "Can take up to several minutes", says the API reference of DetectStackDrift. */
    static final Duration LIMIT = Duration.ofMinutes(10);

    /** The API has no code of its own for it. */
    private static final String BUSY = "Drift detection is already in progress";

    private final AwsSession session;
    private final CloudFormationClient client;
    private final Polling polling;

    DriftDetection(AwsSession session, CloudFormationClient client, Polling polling) {
        this.session = session;
        this.client = client;
        this.polling = polling;
    }

    /**
     * What was found.
     *
     * @param resources those that CloudFormation has looked at, in its order
     * @param failure why it could not look at all of them, empty if it could
     */
    public record Found(List<ResourceDrift> resources, String failure) {

        /** Copies the list. */
        public Found {
            resources = List.copyOf(resources);
        }
    }

    /**
     * Compares a stack, and blocks until that is done. Who does the same at that time is waited for.
     *
     * @param stack one that stands
     * @return what was found
     * @throws AwsException if CloudFormation does not do it, or has not done it after ten minutes
     * @throws InterruptedException if the calling thread is interrupted; the comparison goes on by itself and changes nothing
     */
    public Found detect(FormedStack stack) throws InterruptedException {
        String detection = begin(stack);
        DescribeStackDriftDetectionStatusResponse ended = await(stack, detection);
        boolean failed = ended.detectionStatus() == StackDriftDetectionStatus.DETECTION_FAILED;
        return new Found(
                results(stack, failed ? ended.timestamp() : Instant.MIN),
                failed
                        ? Optional.ofNullable(ended.detectionStatusReason())
                                .map(AwsWords::of)
                                .orElse("CloudFormation does not say why")
                        : "");
    }

    private String begin(FormedStack stack) throws InterruptedException {
        List<String> begun = new ArrayList<>();
        if (!polling.until(LIMIT, () -> tryToBegin(stack).map(begun::add).orElse(false))) {
            throw tooLong(stack, "somebody else has had it compared all the time");
        }
        return begun.get(0);
    }

    private Optional<String> tryToBegin(FormedStack stack) {
        try {
            return Optional.of(session.ask(
                    "compare the stack " + stack.name() + " with what is there",
                    "cloudformation:DetectStackDrift and cloudformation:DetectStackResourceDrift",
                    () -> client.detectStackDrift(request -> request.stackName(stack.id()))
                            .stackDriftDetectionId()));
        } catch (AwsException e) {
            if (String.valueOf(e.getMessage()).contains(BUSY)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private DescribeStackDriftDetectionStatusResponse await(FormedStack stack, String detection)
            throws InterruptedException {
        List<DescribeStackDriftDetectionStatusResponse> ended = new ArrayList<>();
        if (!polling.until(LIMIT, () -> ended(stack, detection).map(ended::add).orElse(false))) {
            throw tooLong(stack, "CloudFormation has not compared it");
        }
        return ended.get(0);
    }

    private Optional<DescribeStackDriftDetectionStatusResponse> ended(FormedStack stack, String detection) {
        DescribeStackDriftDetectionStatusResponse status = session.ask(
                "see how far the stack " + stack.name() + " is compared",
                "cloudformation:DescribeStackDriftDetectionStatus",
                () -> client.describeStackDriftDetectionStatus(request -> request.stackDriftDetectionId(detection)));
        return Optional.of(status)
                .filter(found -> found.detectionStatus() != StackDriftDetectionStatus.DETECTION_IN_PROGRESS);
    }

    private static AwsException tooLong(FormedStack stack, String found) {
        return new AwsException(
                "compare the stack " + stack.name() + " with what is there",
                found + " after " + LIMIT.toMinutes() + " min",
                "try again",
                "",
                null);
    }

    /** What was found before the comparison began says nothing about now. */
    private List<ResourceDrift> results(FormedStack stack, Instant began) {
        List<ResourceDrift> all = new ArrayList<>();
        String next = null;
        do {
            DescribeStackResourceDriftsResponse page = page(stack, next);
            page.stackResourceDrifts().stream()
                    .filter(each ->
                            each.timestamp() == null || !each.timestamp().isBefore(began))
                    .forEach(each -> all.add(drift(each)));
            next = page.nextToken();
        } while (next != null);
        return all;
    }

    private DescribeStackResourceDriftsResponse page(FormedStack stack, @Nullable String token) {
        return session.ask(
                "read what differs in the stack " + stack.name(),
                "cloudformation:DescribeStackResourceDrifts",
                () -> client.describeStackResourceDrifts(
                        request -> request.stackName(stack.id()).nextToken(token)));
    }

    private static ResourceDrift drift(StackResourceDrift found) {
        ResourceDrift.State state = switch (String.valueOf(found.stackResourceDriftStatusAsString())) {
            case "IN_SYNC" -> ResourceDrift.State.AS_DESCRIBED;
            case "MODIFIED" -> ResourceDrift.State.MODIFIED;
            case "DELETED" -> ResourceDrift.State.DELETED;
            default -> ResourceDrift.State.UNCHECKED;
        };
        return new ResourceDrift(
                found.logicalResourceId(),
                found.resourceType(),
                state,
                found.propertyDifferences().stream()
                        .flatMap(difference -> DeployedTemplate.parts(field(difference)).stream())
                        .toList());
    }

    private static FieldChange field(PropertyDifference difference) {
        String path = difference.propertyPath();
        return new FieldChange(
                path.startsWith("/") ? path.substring(1) : path,
                value(difference.expectedValue()),
                value(difference.actualValue()));
    }

    /** Both are required, so the one that is not there is the text "null". */
    private static String value(@Nullable String text) {
        return text == null || text.equals("null") ? "" : text;
    }
}
