package dev.upkeep.cli.config;

import java.util.List;
import java.util.Map;

/** Every key of the file, by section. The published schema has the same keys. */
final class ConfigKeys {

    static final List<String> ROOT = List.of(
            "stack",
            "platform",
            "region",
            "shape",
            "instances",
            "version",
            "site",
            "app",
            "domain",
            "images",
            "nginx",
            "local",
            "aws",
            "check",
            "wait");
    static final List<String> APP =
            List.of("image", "base", "port", "command", "health", "health-limit", "env", "secrets", "permissions");
    static final List<String> STATEMENT = List.of("actions", "resources");
    static final List<String> DOMAIN = List.of("name", "zone");
    static final List<String> IMAGES = List.of("registry", "nginx", "platforms");
    static final List<String> NGINX = List.of("max-body", "answer-within");
    static final List<String> LOCAL = List.of("port", "engine", "network");
    static final List<String> AWS = List.of(
            "network",
            "zones",
            "private",
            "type",
            "image",
            "base-image",
            "disk",
            "max-instances",
            "permissions-boundary",
            "check-every",
            "drain-within",
            "replace-unhealthy",
            "ssh-from",
            "ssh-endpoint",
            "address",
            "alarm-mail",
            "log-days",
            "access-logs",
            "keep",
            "tags");
    static final List<String> CHECK =
            List.of("path", "url", "ready", "expect", "timeout", "attempts", "certificate-days", "ca", "headers");
    static final List<String> EXPECT = List.of("range", "pattern", "json-field");
    static final List<String> WAIT = List.of("rounds", "interval", "within");

    /** Sections by their JSON pointer. */
    static final Map<String, List<String>> SECTIONS = Map.of(
            "", ROOT,
            "/app", APP,
            "/domain", DOMAIN,
            "/images", IMAGES,
            "/nginx", NGINX,
            "/local", LOCAL,
            "/aws", AWS,
            "/check", CHECK,
            "/check/expect", EXPECT,
            "/wait", WAIT);

    private ConfigKeys() {}
}
