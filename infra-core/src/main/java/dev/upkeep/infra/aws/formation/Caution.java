package dev.upkeep.infra.aws.formation;

import java.util.List;

/**
 * How long CloudFormation keeps what a change replaces, and what makes it take the change back in that time.
 *
 * @param minutes after the last resource was changed; 0 removes the old ones at once
 * @param alarms the ARNs of alarms, at most five; one that goes off takes the change back
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-rollback-triggers.html">Rollback triggers</a>
 */
public record Caution(int minutes, List<String> alarms) {

    /** Nothing is kept. */
    public static final Caution NONE = new Caution(0, List.of());

    /** Copies the list. */
    public Caution {
        alarms = List.copyOf(alarms);
    }
}
