package dev.upkeep.remediation.inspection;

import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.service.Service;
import java.util.List;

/**
 * What one look at a host has shown.
 *
 * @param diagnosis what is wrong
 * @param privilege what may be done about it
 * @param leftovers the pids of processes that have the port and have to end before anything can be started; usually none
 * @param networks the containers that do not run, and in whose network the one that ails is; usually none
 */
public record Inspection(
        Diagnosis diagnosis, Privilege privilege, List<String> leftovers, List<Service.Container> networks) {

    /** Copies the lists. */
    public Inspection {
        leftovers = List.copyOf(leftovers);
        networks = List.copyOf(networks);
    }
}
