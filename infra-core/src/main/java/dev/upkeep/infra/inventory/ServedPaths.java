package dev.upkeep.infra.inventory;

/** What every server answers besides the site and the application, on every platform. */
public final class ServedPaths {

    /** The version the server was given, as static text. It says nothing about the application. */
    public static final String VERSION = "/version.txt";

    /** 200 with the version if the application behind this server is healthy, 503 otherwise. */
    public static final String READINESS = "/.well-known/upkeep/ready";

    private ServedPaths() {}
}
