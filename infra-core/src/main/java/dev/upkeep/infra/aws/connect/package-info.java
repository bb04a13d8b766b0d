/** SSH through an EC2 Instance Connect Endpoint: where it is, who may come in, and the bytes between. */
@NullMarked
package dev.upkeep.infra.aws.connect;

import org.jspecify.annotations.NullMarked;
