package dev.upkeep.infra.aws.formation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happened to a stack, oldest first.
 *
 * @param events all that CloudFormation still has
 */
public record StackHistory(List<StackEvent> events) {

    private static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";
    private static final String TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup";

    /** What CloudFormation says of a resource that has its name now, and is waited for. */
    private static final String MADE = "Resource creation Initiated";

    /** Copies the list. */
    public StackHistory {
        events = List.copyOf(events);
    }

    /**
     * The event with which the operation of now, or the last one, began.
     *
     * @return empty if there was none yet
     */
    public Optional<StackEvent> beginning() {
        return events.stream().filter(StackEvent::beginsOperation).reduce((earlier, later) -> later);
    }

    /**
     * Since when it happened.
     *
     * @param stack the stack to which it happened
     * @return when the first event was; what the stack says of itself if there is none
     */
    public Instant since(FormedStack stack) {
        return events.stream().map(StackEvent::at).findFirst().orElse(stack.since());
    }

    /**
     * What happened in one operation.
     *
     * @param beginning the id of the event with which it began
     * @return its events up to the next operation, empty if CloudFormation does not have them any more
     */
    public StackHistory ofOperation(String beginning) {
        int first = -1;
        for (int index = 0; index < events.size(); index++) {
            StackEvent event = events.get(index);
            if (first >= 0 && event.beginsOperation()) {
                return new StackHistory(events.subList(first, index));
            }
            if (event.id().equals(beginning)) {
                first = index;
            }
        }
        return new StackHistory(first < 0 ? List.of() : events.subList(first, events.size()));
    }

    /**
     * The Auto Scaling group that was made in it.
     *
     * @return its name, empty if none was
     */
    public Optional<String> newGroup() {
        return made(GROUP);
    }

    /**
     * The target group that was made in it.
     *
     * @return its ARN, empty if none was
     */
    public Optional<String> newTargetGroup() {
        return made(TARGET_GROUP);
    }

    private Optional<String> made(String type) {
        return of(type).filter(event -> event.reason().contains(MADE))
                .map(StackEvent::physicalId)
                .findFirst();
    }

    private Stream<StackEvent> of(String type) {
        return events.stream().filter(event -> event.type().equals(type));
    }

    /**
     * Whether the newest event of the Auto Scaling group says that it is being made: CloudFormation waits for its instances.
     *
     * @return false if there is no group in it
     */
    public boolean waitsForGroup() {
        return of(GROUP)
                .reduce((earlier, later) -> later)
                .filter(event -> event.reason().contains(MADE))
                .isPresent();
    }

    /**
     * Whether it is told to the end.
     *
     * @param status in which the stack is found
     * @return true if its last event of its own says the same
     */
    public boolean endedWith(String status) {
        return events.stream()
                .filter(StackEvent::ofStack)
                .reduce((earlier, later) -> later)
                .filter(event -> event.status().equals(status))
                .isPresent();
    }

    /**
     * Whether another group has taken the place of the one before, and all of its instances have come.
     *
     * @return false as long as CloudFormation waits for it
     */
    public boolean hasReplacedGroup() {
        return newGroup().isPresent()
                && of(GROUP)
                        .reduce((earlier, later) -> later)
                        .filter(event -> event.status().equals("UPDATE_COMPLETE"))
                        .isPresent();
    }

    /**
     * Whether it was about any resource: the deletion of a stub is not.
     *
     * @return false as long as only the stack itself is spoken of
     */
    public boolean isOfResources() {
        return events.stream().anyMatch(event -> !event.ofStack());
    }

    /**
     * Whether something that existed before was taken into the stack in it, or was to be.
     *
     * @return false as long as CloudFormation has not begun with that
     */
    public boolean isAdoption() {
        return events.stream().anyMatch(event -> event.status().startsWith("IMPORT_"));
    }

    /**
     * What failed first, and made all else fail.
     *
     * @return empty if nothing failed
     */
    public Optional<StackEvent> firstFailure() {
        return events.stream().filter(StackEvent::isOwnFailure).findFirst();
    }

    /**
     * Whether it was the Auto Scaling group that failed first, because of its instances.
     *
     * @return false as well if nothing failed
     */
    public boolean isFailureOfGroup() {
        return firstFailure().filter(event -> event.type().equals(GROUP)).isPresent();
    }
}
