package dev.upkeep.infra.aws;

import dev.upkeep.infra.plan.Money;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.InstanceType;
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
            new Region(Map.of("t3.micro", "7.59", "t4g.micro", "6.13"), "0.08", "16.43", "32.85"),
            "eu-west-1",
            new Region(Map.of("t3.micro", "8.32", "t4g.micro", "6.72"), "0.088", "18.40", "35.04"));

    private final Optional<Region> region;

    Prices(String region) {
        this.region = Optional.ofNullable(REGIONS.get(region));
    }

    /** All instances of a group, each with its disk and, where it has one, its public address. */
    Optional<Money> instances(InstanceType type, AwsSettings aws, int count) {
        return region.flatMap(prices -> Optional.ofNullable(prices.types().get(type.name()))
                .map(price -> new BigDecimal(price)
                        .add(new BigDecimal(prices.gigabyte())
                                .multiply(BigDecimal.valueOf(aws.server().diskGigabytes())))
                        .add(aws.network().isPrivate() ? BigDecimal.ZERO : PUBLIC_ADDRESS)
                        .multiply(BigDecimal.valueOf(count)))
                .map(Prices::dollars));
    }

    /** A load balancer, with a public address in each zone. */
    Optional<Money> balancer(int zones) {
        return region.map(prices ->
                dollars(new BigDecimal(prices.balancer()).add(PUBLIC_ADDRESS.multiply(BigDecimal.valueOf(zones)))));
    }

    Optional<Money> natGateway() {
        return region.map(prices -> dollars(new BigDecimal(prices.natGateway())));
    }

    static Money dollars(BigDecimal amount) {
        return new Money(amount.setScale(2, RoundingMode.HALF_UP), DOLLARS);
    }
}
