package dev.upkeep.infra.plan;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of semantic versions: https://semver.org, section 11. */
public final class VersionOrder {

    private static final Pattern SEMANTIC =
            Pattern.compile("v?(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private VersionOrder() {}

    /**
     * Whether one version comes before another.
     *
     * @param version the one
     * @param than the other
     * @return false if one of them is no semantic version
     */
    public static boolean isOlder(String version, String than) {
        Matcher left = SEMANTIC.matcher(version);
        Matcher right = SEMANTIC.matcher(than);
        return left.matches() && right.matches() && compare(left, right) < 0;
    }

    /**
     * Whether a version has a place in the order.
     *
     * @param version any text
     * @return true if it is a semantic version
     */
    public static boolean isOrdered(String version) {
        return SEMANTIC.matcher(version).matches();
    }

    private static int compare(Matcher left, Matcher right) {
        for (int part = 1; part <= 3; part++) {
            int order = new BigInteger(left.group(part)).compareTo(new BigInteger(right.group(part)));
            if (order != 0) {
                return order;
            }
        }
        boolean leftReleased = left.group(4) == null;
        boolean rightReleased = right.group(4) == null;
        if (leftReleased || rightReleased) {
            return Boolean.compare(leftReleased, rightReleased);
        }
        return preReleases(left.group(4).split("\\.", -1), right.group(4).split("\\.", -1));
    }

    private static int preReleases(String[] left, String... right) {
        for (int part = 0; part < Math.min(left.length, right.length); part++) {
            int order = identifiers(left[part], right[part]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static int identifiers(String left, String right) {
        boolean leftNumber = NUMBER.matcher(left).matches();
        boolean rightNumber = NUMBER.matcher(right).matches();
        if (leftNumber && rightNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftNumber == rightNumber ? left.compareTo(right) : Boolean.compare(rightNumber, leftNumber);
    }
}
