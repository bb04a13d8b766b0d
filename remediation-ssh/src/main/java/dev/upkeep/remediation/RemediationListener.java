package dev.upkeep.remediation;

import dev.upkeep.remediation.audit.AuditEntry;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.outside.Sight;
import dev.upkeep.remediation.remedy.Remedy;

/** Is told how a visit goes on, by the thread that makes it. All methods do nothing unless they are overridden. */
public interface RemediationListener {

    /**
     * Somebody looked from outside.
     *
     * @param host which host
     * @param sight how users find it
     */
    default void looked(String host, Sight sight) {}

    /**
     * It is known what is wrong.
     *
     * @param host which host
     * @param diagnosis what
     */
    default void diagnosed(String host, Diagnosis diagnosis) {}

    /**
     * Something is about to be done.
     *
     * @param host to which host
     * @param remedy what
     */
    default void remedying(String host, Remedy remedy) {}

    /**
     * A command has ended.
     *
     * @param entry which one, and how
     */
    default void ran(AuditEntry entry) {}

    /**
     * Tells nobody.
     *
     * @return a listener that does nothing
     */
    static RemediationListener none() {
        return new RemediationListener() {};
    }
}
