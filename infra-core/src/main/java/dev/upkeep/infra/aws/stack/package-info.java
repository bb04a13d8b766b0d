/** What the two stacks of a server on AWS are made of: a spec in, CloudFormation templates out. Asks nobody; does not use the AWS SDK. */
@NullMarked
package dev.upkeep.infra.aws.stack;

import org.jspecify.annotations.NullMarked;
