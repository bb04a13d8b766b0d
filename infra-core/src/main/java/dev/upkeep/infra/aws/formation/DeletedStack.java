package dev.upkeep.infra.aws.formation;

import java.time.Instant;

/**
 * A stack that CloudFormation has deleted and still remembers.
 *
 * @param id its ARN
 * @param name that it had; another stack may have it now
 * @param createdAt when it was made, or planned
 * @param deletedAt when it was deleted; when it was made, where that is not said
 */
public record DeletedStack(String id, String name, Instant createdAt, Instant deletedAt) {}
