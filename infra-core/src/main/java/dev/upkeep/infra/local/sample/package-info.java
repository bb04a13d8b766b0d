/**
 * The application that comes with Upkeep.
 *
 * <p>It exists so that a stack can be tried before there is an application; it runs in a process of its own and depends on
 * nothing but the JDK.
 */
@NullMarked
package dev.upkeep.infra.local.sample;

import org.jspecify.annotations.NullMarked;
