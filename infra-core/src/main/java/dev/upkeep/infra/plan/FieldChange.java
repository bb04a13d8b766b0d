package dev.upkeep.infra.plan;

/**
 * One setting that changes.
 *
 * @param field its name
 * @param from the present value, empty if there is none
 * @param to the value it will have, empty if there will be none
 */
public record FieldChange(String field, String from, String to) {}
