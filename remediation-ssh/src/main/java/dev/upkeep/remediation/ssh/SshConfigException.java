package dev.upkeep.remediation.ssh;

/** A configuration of OpenSSH cannot be read, or says something about a host that cannot be done here. The message names the file and the line. */
public final class SshConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SshConfigException(String message) {
        super(message);
    }
}
