package dev.upkeep.infra.local.process;

/** The signals that we send. */
public enum Signal {
    /** nginx: read the configuration again. */
    HUP,
    /** nginx: finish what is being served, then end. */
    QUIT,
    /** End soon. */
    TERM,
    /** End now; cannot be refused, and reaches a stopped process too. */
    KILL
}
