package dev.upkeep.infra.image.registry;

/**
 * An image that a repository has under a tag.
 *
 * @param tag the tag
 * @param digest of its manifest
 */
public record TaggedImage(String tag, String digest) {}
