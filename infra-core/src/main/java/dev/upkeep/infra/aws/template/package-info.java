/**
 * CloudFormation templates as values: resources with typed properties, rendered to the same bytes for the same values. Knows nothing of what
 * stacks are made of, and does not use the AWS SDK.
 */
@NullMarked
package dev.upkeep.infra.aws.template;

import org.jspecify.annotations.NullMarked;
