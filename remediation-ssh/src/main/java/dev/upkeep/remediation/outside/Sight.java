package dev.upkeep.remediation.outside;

/**
 * What one look from outside has shown.
 *
 * @param condition how users find the host
 * @param words the same for people, in one line, such as {@code DOWN: the connection was refused}
 */
public record Sight(Condition condition, String words) {}
