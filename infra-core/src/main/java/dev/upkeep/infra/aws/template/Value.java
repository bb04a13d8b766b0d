package dev.upkeep.infra.aws.template;

import java.util.Arrays;
import java.util.List;

/** A value in a template: a property of a resource, or a part of one. Immutable. */
public sealed interface Value
        permits Fields,
                Value.Text,
                Value.Whole,
                Value.Flag,
                Value.Items,
                Value.Reference,
                Value.Attribute,
                Value.Filled,
                Value.Joined,
                Value.Encoded,
                Value.Zone {

    /** A text as it stands. */
    record Text(String text) implements Value {}

    /** A whole number. */
    record Whole(long number) implements Value {}

    /** True or false. */
    record Flag(boolean isTrue) implements Value {}

    /** Values in order. */
    record Items(List<Value> items) implements Value {

        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /** What {@code Ref} gives of another resource, such as its id, or of a pseudo parameter such as {@code AWS::Region}. */
    record Reference(String name) implements Value {}

    /** What {@code Fn::GetAtt} gives of another resource. */
    record Attribute(String resource, String attribute) implements Value {}

    /** A text in which {@code ${Name}} and {@code ${Name.Attribute}} stand for other resources: {@code Fn::Sub}. */
    record Filled(String pattern) implements Value {}

    /** Parts put together: {@code Fn::Join}. */
    record Joined(String separator, List<Value> parts) implements Value {

        /** Copies the list. */
        public Joined {
            parts = List.copyOf(parts);
        }
    }

    /** A text in Base64: {@code Fn::Base64}. */
    record Encoded(Value content) implements Value {}

    /** One of the availability zones of the region, by its place in their order: {@code Fn::Select} of {@code Fn::GetAZs}. */
    record Zone(int index) implements Value {}

    /**
     * A text.
     *
     * @param text as it stands
     * @return the value
     */
    static Value of(String text) {
        return new Text(text);
    }

    /**
     * A number.
     *
     * @param number a whole one
     * @return the value
     */
    static Value of(long number) {
        return new Whole(number);
    }

    /**
     * True or false.
     *
     * @param isTrue which of them
     * @return the value
     */
    static Value of(boolean isTrue) {
        return new Flag(isTrue);
    }

    /**
     * Values in order.
     *
     * @param items the values
     * @return the list
     */
    static Value list(List<? extends Value> items) {
        return new Items(List.copyOf(items));
    }

    /**
     * Values in order.
     *
     * @param items the values
     * @return the list
     */
    static Value list(Value... items) {
        return new Items(Arrays.asList(items));
    }

    /**
     * Texts in order.
     *
     * @param texts as they stand
     * @return the list
     */
    static Value texts(List<String> texts) {
        return new Items(texts.stream().map(Value::of).toList());
    }

    /**
     * Texts in order.
     *
     * @param texts as they stand
     * @return the list
     */
    static Value texts(String... texts) {
        return texts(Arrays.asList(texts));
    }

    /**
     * What {@code Ref} gives.
     *
     * @param name of a resource of the same template, or a pseudo parameter
     * @return the value
     */
    static Value ref(String name) {
        return new Reference(name);
    }

    /**
     * What {@code Fn::GetAtt} gives.
     *
     * @param resource of the same template
     * @param attribute such as {@code Arn}
     * @return the value
     */
    static Value attribute(String resource, String attribute) {
        return new Attribute(resource, attribute);
    }

    /**
     * A text in which other resources stand.
     *
     * @param pattern such as {@code arn:${AWS::Partition}:iam::aws:policy/x}
     * @return the value
     */
    static Value filled(String pattern) {
        return new Filled(pattern);
    }
}
