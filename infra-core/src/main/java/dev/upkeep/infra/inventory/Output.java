package dev.upkeep.infra.inventory;

/**
 * Something about a stack that whoever uses it has to know, such as an address to point a DNS record at.
 *
 * @param name its name, for programs: lower-case words with hyphens
 * @param value its value
 * @param description what it is good for, in one phrase
 */
public record Output(String name, String value, String description) {}
