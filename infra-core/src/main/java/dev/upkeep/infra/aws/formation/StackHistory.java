package dev.upkeep.infra.aws.formation;

import java.util.List;
import java.util.Optional;

/**
 * What happened to a stack, oldest first.
 *
 * @param events all that CloudFormation still has
 */
public record StackHistory(List<StackEvent> events) {

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
     * What happened in the operation of now, or in the last one.
     *
     * @return its events
     */
    public StackHistory last() {
        return beginning().map(event -> ofOperation(event.id())).orElse(this);
    }

    /**
     * What failed first, and made all else fail.
     *
     * @return empty if nothing failed
     */
    public Optional<StackEvent> firstFailure() {
        return events.stream().filter(StackEvent::isOwnFailure).findFirst();
    }
}
