package dev.upkeep.infra.aws;

import dev.upkeep.infra.plan.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;

/**
 * What a stack costs a month of 730 hours, by the public prices of November 2026 for the types and regions that are known here. An estimate:
 * without traffic, without the units that a load balancer counts, and without credits.
 */
final class Prices {

    private static final Currency DOLLARS = Currency.getInstance("USD");

    /** The same everywhere. */
    private static final BigDecimal PUBLIC_ADDRESS = new BigDecimal("3.65");

    private record Region(Map<String, String> types, String gigabyte, String balancer, String natGateway) {}

    private static final Map<String, Region> REGIONS = Map.of(
            "us-east-1",
            new Region(
                    Map.ofEntries(
                            Map.entry("t3.nano", "3.80"),
                            Map.entry("t3.micro", "7.59"),
                            Map.entry("t3.small", "15.18"),
                            Map.entry("t3.medium", "30.37"),
                            Map.entry("t3.large", "60.74"),
                            Map.entry("t4g.nano", "3.07"),
                            Map.entry("t4g.micro", "6.13"),
                            Map.entry("t4g.small", "12.26"),
                            Map.entry("t4g.medium", "24.53"),
                            Map.entry("t4g.large", "49.06")),
                    "0.08",
                    "16.43",
                    "32.85"),
            "eu-west-1",
            new Region(
                    Map.ofEntries(
                            Map.entry("t3.nano", "4.16"),
                            Map.entry("t3.micro", "8.32"),
                            Map.entry("t3.small", "16.64"),
                            Map.entry("t3.medium", "33.29"),
                            Map.entry("t3.large", "66.58"),
                            Map.entry("t4g.nano", "3.36"),
                            Map.entry("t4g.micro", "6.72"),
                            Map.entry("t4g.small", "13.43"),
                            Map.entry("t4g.medium", "26.86"),
                            Map.entry("t4g.large", "53.73")),
                    "0.088",
                    "18.40",
                    "35.04"));

    private final Optional<Region> region;

    Prices(String region) {
        this.region = Optional.ofNullable(REGIONS.get(region));
    }

    /**
     * The instances of a group.
     *
     * @param type the name of their type
     * @param gigabytes the size of the disk of each
     * @param hasAddress whether each has a public address
     * @param count how many there are
     */
    record Instances(String type, int gigabytes, boolean hasAddress, int count) {}

    /** All instances of a group, each with its disk and, where it has one, its public address. */
    Optional<Money> instances(Instances group) {
        return region.flatMap(prices -> Optional.ofNullable(prices.types().get(group.type()))
                .map(price -> new BigDecimal(price)
                        .add(new BigDecimal(prices.gigabyte()).multiply(BigDecimal.valueOf(group.gigabytes())))
                        .add(group.hasAddress() ? PUBLIC_ADDRESS : BigDecimal.ZERO)
                        .multiply(BigDecimal.valueOf(group.count())))
                .map(Prices::dollars));
    }

    /** A load balancer, with a public address in each zone. */
    Optional<Money> balancer(int zones) {
        return region.map(prices ->
                dollars(new BigDecimal(prices.balancer()).add(PUBLIC_ADDRESS.multiply(BigDecimal.valueOf(zones)))));
    }

    /** With its public address. */
    Optional<Money> natGateway() {
        return region.map(prices -> dollars(new BigDecimal(prices.natGateway()).add(PUBLIC_ADDRESS)));
    }

    static Money dollars(BigDecimal amount) {
        return new Money(amount.setScale(2, RoundingMode.HALF_UP), DOLLARS);
    }
}
