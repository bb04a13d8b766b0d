/**
 * CloudFormation as the engine of a stack: change sets that say what would be done, operations that are followed to their end, and what went wrong
 * first. Knows no spec.
 */
@NullMarked
package dev.upkeep.infra.aws.formation;

import org.jspecify.annotations.NullMarked;
