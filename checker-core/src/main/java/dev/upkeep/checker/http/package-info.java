/**
 * The honest probe: one lookup, one address, one connection, one handshake. The only user of OkHttp; not exported.
 */
@NullMarked
package dev.upkeep.checker.http;

import org.jspecify.annotations.NullMarked;
