/** How AWS is asked: credentials, region and endpoint by the SDK's own rules, bounded calls, and words for what comes back. */
@NullMarked
package dev.upkeep.infra.aws.client;

import org.jspecify.annotations.NullMarked;
