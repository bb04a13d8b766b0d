package dev.upkeep.infra.spec;

/** How a stack is built. */
public enum Shape {
    /** One instance that users reach directly. */
    SINGLE("single", 1, 1),
    /** Two or more instances behind a load balancer. */
    HIGHLY_AVAILABLE("highly-available", 2, 100);

    private final String text;
    private final int minimum;
    private final int maximum;

    Shape(String text, int minimum, int maximum) {
        this.text = text;
        this.minimum = minimum;
        this.maximum = maximum;
    }

    /**
     * The word that configuration files use.
     *
     * @return {@code single} or {@code highly-available}
     */
    public String text() {
        return text;
    }

    /**
     * The smallest number of instances, which is also the default.
     *
     * @return at least 1
     */
    public int minimumInstances() {
        return minimum;
    }

    /**
     * The largest number of instances.
     *
     * @return at least {@link #minimumInstances()}
     */
    public int maximumInstances() {
        return maximum;
    }
}
