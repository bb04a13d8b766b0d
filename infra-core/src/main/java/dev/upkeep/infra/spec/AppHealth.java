package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import java.time.Duration;

/**
 * How an application says that it can serve users. nginx asks it, and answers {@code /.well-known/upkeep/ready}
 * accordingly; load balancers, deploys and checks ask there.
 *
 * @param rule which answers mean that it can
 * @param path what is asked, an absolute path, with a query if need be
 * @param limit how long the answer may take, {@link #SHORTEST_LIMIT} to {@link #LONGEST_LIMIT}
 */
public record AppHealth(Rule rule, String path, Duration limit) {

    /** Which answers of an application mean that it can serve users. */
    public enum Rule {
        /** Only a status from 200 to 299: for a path that was made for this question. */
        SUCCESS,
        /** Any status below 500: for a path like {@code /}, where an application may want a login or redirect. */
        BELOW_500,
        /** Any HTTP answer: it is there and speaks HTTP, and nothing more is asked. */
        ANY_ANSWER
    }

    /** How long an answer may take unless the spec says otherwise. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(2);

    /** The shortest limit that can be set. */
    public static final Duration SHORTEST_LIMIT = Duration.ofMillis(50);

    /** The longest limit that can be set: a check waits for 5 s, so that it must have come by then. */
    public static final Duration LONGEST_LIMIT = Duration.ofSeconds(4);

    /**
     * Checks everything.
     *
     * @throws InvalidSpecException if the path or the limit breaks its rules
     */
    public AppHealth {
        SpecRules.throwIfAny(SpecRules.health(path, limit));
    }

    /**
     * What is asked of an application that says nothing about its health: {@code /} must answer below 500.
     *
     * @return the default
     */
    public static AppHealth standard() {
        return new AppHealth(Rule.BELOW_500, "/", DEFAULT_LIMIT);
    }

    /**
     * A path that answers 200 to 299 when the application can serve users.
     *
     * @param path an absolute path
     * @return the health, with {@link #DEFAULT_LIMIT}
     * @throws InvalidSpecException if the path breaks its rules
     */
    public static AppHealth at(String path) {
        return new AppHealth(Rule.SUCCESS, path, DEFAULT_LIMIT);
    }

    /**
     * Any HTTP answer will do.
     *
     * @return the health, with {@link #DEFAULT_LIMIT}
     */
    public static AppHealth anyAnswer() {
        return new AppHealth(Rule.ANY_ANSWER, "/", DEFAULT_LIMIT);
    }

    /**
     * Whether a status means that the application can serve users.
     *
     * @param status an HTTP status, 0 for no answer
     * @return true if it does by the rule
     */
    public boolean accepts(int status) {
        return switch (rule) {
            case SUCCESS -> status >= 200 && status < 300;
            case BELOW_500 -> status > 0 && status < 500;
            case ANY_ANSWER -> status > 0;
        };
    }

    /**
     * The same with another limit.
     *
     * @param changed {@link #SHORTEST_LIMIT} to {@link #LONGEST_LIMIT}
     * @return a new value
     * @throws InvalidSpecException if it is out of range
     */
    public AppHealth within(Duration changed) {
        return new AppHealth(rule, path, changed);
    }
}
