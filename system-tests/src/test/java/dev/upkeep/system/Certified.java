package dev.upkeep.system;

import java.nio.file.Path;

/**
 * A certificate and its key, as PEM files.
 *
 * @param chain the certificate, and those above it that are sent along
 * @param key not encrypted, PKCS #8
 */
record Certified(Path chain, Path key) {}
