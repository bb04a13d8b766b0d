package dev.upkeep.remediation.ssh;

/**
 * A host key that was taken without knowing it, as somebody asked for.
 *
 * @param target who showed it
 * @param type such as {@code ssh-ed25519}
 * @param fingerprint such as {@code SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s}
 */
public record UnverifiedHostKey(SshTarget target, String type, String fingerprint) {}
