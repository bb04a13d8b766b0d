package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import java.time.Duration;

/**
 * What nginx allows one request. Every nginx between a user and the application keeps to it, on every platform.
 *
 * @param maxBodyMegabytes the largest body of a request, in units of 1,048,576 bytes, 1 to {@link #LARGEST_BODY_MEGABYTES}; more is
 *     answered with 413
 * @param answerWithin how long the application may take to answer, and may pause within its answer, in whole seconds, 1 s to
 *     {@link #LONGEST_ANSWER}; then users get 504
 */
public record NginxLimits(int maxBodyMegabytes, Duration answerWithin) {

    /** The largest body unless the spec says otherwise, in megabytes. */
    public static final int DEFAULT_MAX_BODY_MEGABYTES = 10;

    /** How long an answer may take unless the spec says otherwise. */
    public static final Duration DEFAULT_ANSWER_WITHIN = Duration.ofSeconds(60);

    /** The largest body that can be set, in megabytes: nginx keeps a body on its disk until it is complete. */
    public static final int LARGEST_BODY_MEGABYTES = 10_240;

    /** The longest answer that can be set: load balancers of AWS wait for 4,000 s at most. */
    public static final Duration LONGEST_ANSWER = Duration.ofHours(1);

    /**
     * Checks both.
     *
     * @throws InvalidSpecException if one is out of its range
     */
    public NginxLimits {
        SpecRules.throwIfAny(SpecRules.nginx(maxBodyMegabytes, answerWithin));
    }

    /**
     * What nginx allows unless the spec says otherwise.
     *
     * @return {@link #DEFAULT_MAX_BODY_MEGABYTES} and {@link #DEFAULT_ANSWER_WITHIN}
     */
    public static NginxLimits standard() {
        return new NginxLimits(DEFAULT_MAX_BODY_MEGABYTES, DEFAULT_ANSWER_WITHIN);
    }

    /**
     * The same with another largest body.
     *
     * @param megabytes 1 to {@link #LARGEST_BODY_MEGABYTES}
     * @return new limits
     * @throws InvalidSpecException if it is out of its range
     */
    public NginxLimits bodiesUpTo(int megabytes) {
        return new NginxLimits(megabytes, answerWithin);
    }

    /**
     * The same with another time for an answer.
     *
     * @param changed whole seconds, 1 s to {@link #LONGEST_ANSWER}
     * @return new limits
     * @throws InvalidSpecException if it is out of its range
     */
    public NginxLimits answersWithin(Duration changed) {
        return new NginxLimits(maxBodyMegabytes, changed);
    }
}
