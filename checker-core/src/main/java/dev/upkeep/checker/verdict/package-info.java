/**
 * The answers: verdicts, the attempts that led to them, and the closed set of reasons. Small values without a type of any
 * HTTP library, so that they can be stored and sent by whoever wants to.
 */
@NullMarked
package dev.upkeep.checker.verdict;

import org.jspecify.annotations.NullMarked;
