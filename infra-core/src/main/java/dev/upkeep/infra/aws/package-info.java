/** Stacks in an account of Amazon Web Services: a small one for images and logs, and one for the servers, both driven by CloudFormation. */
@NullMarked
package dev.upkeep.infra.aws;

import org.jspecify.annotations.NullMarked;
