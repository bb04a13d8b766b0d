package dev.upkeep.infra.plan;

/**
 * What a stack costs a month, by public prices, in one currency.
 *
 * @param before as it stands; nothing if it does not
 * @param after as it will be
 */
public record Estimate(Money before, Money after) {

    /**
     * Whether the change costs or saves anything.
     *
     * @return false if a month costs the same
     */
    public boolean isChange() {
        return before.amount().compareTo(after.amount()) != 0;
    }
}
