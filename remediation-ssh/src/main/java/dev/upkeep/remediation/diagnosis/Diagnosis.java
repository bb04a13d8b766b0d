package dev.upkeep.remediation.diagnosis;

import dev.upkeep.remediation.service.Service;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a host.
 *
 * @param cause in one of a few kinds
 * @param service what it is about; empty if nothing was found, or it is about the host as such
 * @param found in one sentence, for people
 * @param next what somebody should do about it where it is not repaired, for people
 * @param evidence lines that show it, such as the last ones of a log, without what looks like a secret; possibly none
 */
public record Diagnosis(Cause cause, Optional<Service> service, String found, String next, List<String> evidence) {

    /** Copies the lines. */
    public Diagnosis {
        evidence = List.copyOf(evidence);
    }
}
