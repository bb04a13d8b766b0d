package dev.upkeep.checker.gate;

import dev.upkeep.checker.fleet.FleetVerdict;
import java.time.Duration;

/**
 * One look at the fleet, on the way through the gate.
 *
 * @param number from 1
 * @param goodInARow how many rounds up to this one were good; zero if this one was not
 * @param elapsed since the first round began, by the monotonic clock
 * @param verdict what the fleet said
 */
public record Round(int number, int goodInARow, Duration elapsed, FleetVerdict verdict) {}
