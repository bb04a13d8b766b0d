package dev.upkeep.system.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * For test classes that start a {@link DockerEngine}: one of them runs at a time. They come before all others, so that one thread runs
 * them one after another while the second runs the others, and none has to wait for the lock.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ResourceLock("docker")
@Order(1)
@interface UsesDockerEngine {}
