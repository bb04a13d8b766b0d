/** What serves on a host, and how it is started and stopped: a unit of systemd, a container, or a program that nobody watches. */
@NullMarked
package dev.upkeep.remediation.service;

import org.jspecify.annotations.NullMarked;
