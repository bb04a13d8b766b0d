package dev.upkeep.infra.aws.formation;

import dev.upkeep.infra.aws.template.StackTemplate;
import java.util.Map;
import java.util.Optional;

/**
 * To what a stack is to be brought.
 *
 * @param stack its name
 * @param standing as it was found, empty if it does not stand yet
 * @param template what it is to be
 * @param tags for all of its resources
 */
public record ChangeRequest(
        String stack, Optional<FormedStack> standing, StackTemplate template, Map<String, String> tags) {

    /** Copies the tags. */
    public ChangeRequest {
        tags = Map.copyOf(tags);
    }
}
