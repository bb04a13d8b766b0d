/** What the programs of a stack have logged: who wrote a line, and which lines somebody asks for. Depends on the inventory only. */
@NullMarked
package dev.upkeep.infra.logs;

import org.jspecify.annotations.NullMarked;
