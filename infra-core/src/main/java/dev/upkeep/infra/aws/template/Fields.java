package dev.upkeep.infra.aws.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Named values, in the order in which they were given. Immutable; {@link #with} returns a copy. */
public final class Fields implements Value {

    private static final Fields NONE = new Fields(Map.of());

    private final Map<String, Value> values;

    private Fields(Map<String, Value> values) {
        this.values = values;
    }

    /**
     * No values.
     *
     * @return the beginning of some
     */
    public static Fields none() {
        return NONE;
    }

    /**
     * One value.
     *
     * @param name its name
     * @param value the value
     * @return the beginning of more
     */
    public static Fields of(String name, Value value) {
        return NONE.with(name, value);
    }

    /**
     * One text.
     *
     * @param name its name
     * @param text as it stands
     * @return the beginning of more
     */
    public static Fields of(String name, String text) {
        return NONE.with(name, text);
    }

    /**
     * With one more value, or with another one in the place of the present one.
     *
     * @param name its name
     * @param value the value
     * @return new fields
     */
    public Fields with(String name, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Fields(Collections.unmodifiableMap(more));
    }

    /**
     * With one more text.
     *
     * @param name its name
     * @param text as it stands
     * @return new fields
     */
    public Fields with(String name, String text) {
        return with(name, Value.of(text));
    }

    /**
     * With one more number.
     *
     * @param name its name
     * @param number a whole one
     * @return new fields
     */
    public Fields with(String name, long number) {
        return with(name, Value.of(number));
    }

    /**
     * With one more flag.
     *
     * @param name its name
     * @param isTrue whether it is set
     * @return new fields
     */
    public Fields with(String name, boolean isTrue) {
        return with(name, Value.of(isTrue));
    }

    /**
     * With one more value, if there is one.
     *
     * @param name its name
     * @param value the value
     * @return new fields, or these
     */
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // what a spec leaves out is left out of its template
    public Fields withIfAny(String name, Optional<? extends Value> value) {
        return value.map(present -> with(name, present)).orElse(this);
    }

    /**
     * Without all values but some.
     *
     * @param names of those that stay
     * @return new fields
     */
    public Fields only(Set<String> names) {
        Map<String, Value> fewer = new LinkedHashMap<>(values);
        fewer.keySet().retainAll(names);
        return new Fields(Collections.unmodifiableMap(fewer));
    }

    /**
     * The values by their names, in order.
     *
     * @return a map that cannot be changed
     */
    public Map<String, Value> values() {
        return values;
    }

    /**
     * The values as a document of their own, such as a policy.
     *
     * @return JSON with line breaks; the same text for equal values
     */
    public String json() {
        return TemplateJson.write(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields fields && fields.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
