package dev.upkeep.infra.plan;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount of money.
 *
 * @param amount how much; less than zero if it is saved
 * @param currency of which currency
 */
public record Money(BigDecimal amount, Currency currency) {}
