package dev.upkeep.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.failure.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the stack that stands before the servers consists of, as a template of it says. */
record BaseContents(List<Item> items) {

    static final BaseContents NOTHING = new BaseContents(List.of());

    /**
     * One of its resources.
     *
     * @param id its logical id
     * @param type such as {@code AWS::ECR::Repository}
     * @param name the name that the template gives it, empty if CloudFormation chooses it
     * @param ending what becomes of it when the stack goes
     */
    record Item(String id, String type, String name, Ending ending) {

        boolean isKept() {
            return ending != Ending.GOES;
        }

        /** It for people, such as {@code repository shop/web}. */
        String describe() {
            return switch (type) {
                case BaseStack.REPOSITORY -> "repository " + name;
                case BaseStack.LOG_GROUP -> "log group " + name;
                default -> id;
            };
        }

        /** The command that removes what was kept. */
        String removal() {
            return type.equals(BaseStack.REPOSITORY)
                    ? "aws ecr delete-repository --force --repository-name " + name
                    : "aws logs delete-log-group --log-group-name " + name;
        }
    }

    /** What becomes of a resource when the stack goes. */
    enum Ending {
        GOES,
        /** It stays, as it was there before the stack. */
        STAYS_AS_ADOPTED,
        /** It stays, as the file asks for it. */
        STAYS_AS_ASKED
    }

    BaseContents {
        items = List.copyOf(items);
    }

    /** Reads a template that Upkeep wrote. */
    static BaseContents of(String template) {
        try {
            List<Item> items = new ArrayList<>();
            new ObjectMapper()
                    .readTree(template)
                    .path("Resources")
                    .properties()
                    .forEach(resource -> items.add(item(resource.getKey(), resource.getValue())));
            return new BaseContents(items);
        } catch (JsonProcessingException e) {
            throw new AwsException(
                    "read what belongs to the stack before the servers",
                    "its template is no JSON, so somebody else has changed it",
                    "see aws cloudformation get-template",
                    "",
                    e);
        }
    }

    private static Item item(String id, JsonNode resource) {
        JsonNode properties = resource.path("Properties");
        String name = properties
                .path("RepositoryName")
                .asText(properties.path("LogGroupName").asText());
        return new Item(id, resource.path("Type").asText(), name, ending(resource));
    }

    private static Ending ending(JsonNode resource) {
        if (!resource.path("DeletionPolicy").asText().startsWith("Retain")) {
            return Ending.GOES;
        }
        return resource.path("Metadata").has(BaseStack.KEPT_AS_ASKED) ? Ending.STAYS_AS_ASKED : Ending.STAYS_AS_ADOPTED;
    }

    /** Those that stay when the stack goes. */
    List<Item> kept() {
        return items.stream().filter(Item::isKept).toList();
    }

    boolean hasImages() {
        return items.stream().anyMatch(item -> item.type().equals(BaseStack.REPOSITORY));
    }

    List<Item> ending(Ending ending) {
        return items.stream().filter(item -> item.ending() == ending).toList();
    }

    /** Those that another one lacks. */
    List<Item> without(BaseContents other) {
        Set<String> there = ids(other.items());
        return items.stream().filter(item -> !there.contains(item.id())).toList();
    }

    static Set<String> ids(List<Item> items) {
        return items.stream().map(Item::id).collect(Collectors.toUnmodifiableSet());
    }

    /** All of them in one phrase. */
    static String describe(List<Item> items) {
        return items.stream().map(Item::describe).collect(Collectors.joining(", "));
    }
}
