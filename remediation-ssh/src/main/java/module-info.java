/**
 * Goes into a host whose web server is down, finds out why, repairs what may be repaired, and proves it from outside. Knows shells, SSH and nginx; knows
 * nothing of clouds, of how a check is made, or of YAML.
 */
module dev.upkeep.remediation {
    requires static org.jspecify;

    exports dev.upkeep.remediation.shell;
    exports dev.upkeep.remediation.testing;
}
