/**
 * Goes into a host whose web server is down, finds out why, repairs what may be repaired, and proves it from outside. Knows shells, SSH and nginx; knows
 * nothing of clouds, of how a check is made, or of YAML.
 */
module dev.upkeep.remediation {
    requires com.hierynomus.sshj;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.upkeep.remediation;
    exports dev.upkeep.remediation.audit;
    exports dev.upkeep.remediation.diagnosis;
    exports dev.upkeep.remediation.guard;
    exports dev.upkeep.remediation.local;
    exports dev.upkeep.remediation.outcome;
    exports dev.upkeep.remediation.outside;
    exports dev.upkeep.remediation.remedy;
    exports dev.upkeep.remediation.service;
    exports dev.upkeep.remediation.shell;
    exports dev.upkeep.remediation.ssh;
    exports dev.upkeep.remediation.testing;
}
