/**
 * What the modules do against real servers. Everything runs on loopback, in folders and on ports of its own; a program that is not
 * installed makes the test fail.
 */
package dev.upkeep.system;
