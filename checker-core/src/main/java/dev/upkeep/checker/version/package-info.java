/**
 * What a version is, what is expected of it, and how it is read out of a reply's body. Knows no network.
 */
@NullMarked
package dev.upkeep.checker.version;

import org.jspecify.annotations.NullMarked;
