/**
 * Amazon's registry (ECR): the token that its users log in with, and its repositories. Like all of {@code infra.aws} it may use the AWS
 * SDK, which this module has as an option only.
 */
@NullMarked
package dev.upkeep.infra.aws.ecr;

import org.jspecify.annotations.NullMarked;
