package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What an instance is given to begin with: a cloud-init configuration that writes {@code upkeep-boot}, its settings and its units, and starts them.
 * Line by line, so that the template can be read. It holds no secret, and only keys that cloud-init 22.2 knows.
 */
final class BootData {

    /** What EC2 takes, in bytes before they are encoded. */
    static final int LARGEST = 16_384;

    /** Which instance it is for. */
    enum Purpose {
        /** One of the group, which users reach. */
        SERVE(GroupPart.GROUP, "upkeep-boot"),
        /** One that shows that a machine image serves. */
        PROVE(ImageStack.CANARY, "upkeep-boot"),
        /** One of which a machine image is made. */
        BAKE(ImageStack.BUILDER, "upkeep-bake");

        private final String resource;
        private final String script;

        Purpose(String resource, String script) {
            this.resource = resource;
            this.script = script;
        }

        private boolean isLasting() {
            return this == SERVE;
        }
    }

    private static final String SCRIPTS = "/usr/local/lib/upkeep/";

    /** Time for the last words of a boot that fails. */
    private static final int MARGIN_SECONDS = 120;

    private final Design design;
    private final Purpose purpose;
    private final List<Value> lines = new ArrayList<>();

    BootData(Design design, Purpose purpose) {
        this.design = design;
        this.purpose = purpose;
    }

    Value value() {
        lines.clear();
        line("#cloud-config");
        line("# How an instance of " + design.name() + " begins. Its console says what it does.");
        line("write_files:");
        settings();
        script("upkeep-boot");
        if (purpose == Purpose.BAKE) {
            script(purpose.script);
        }
        units();
        line("runcmd:");
        if (!purpose.isLasting()) {
            line("  - systemd-run --unit=upkeep-limit --on-active=" + ImageStack.LIFETIME.toMinutes()
                    + "min systemctl poweroff");
        }
        line("  - systemctl daemon-reload");
        if (purpose.isLasting()) {
            line("  - systemctl enable upkeep-boot.service upkeep-watch.timer");
            line("  - systemctl start --no-block upkeep-boot.service upkeep-watch.timer");
        } else {
            line("  - systemctl start --no-block upkeep-boot.service");
        }
        line("");
        return new Value.Encoded(new Value.Joined("\n", lines));
    }

    private void line(String text) {
        lines.add(Value.of(text));
    }

    private void script(String name) {
        file(SCRIPTS + name, "0755");
        needed(name).forEach(line -> line(line.isEmpty() ? line : "      " + line));
    }

    private void file(String path, String mode) {
        line("  - path: " + path);
        line("    permissions: \"" + mode + "\"");
        line("    content: |");
    }

    private void content(String... texts) {
        for (String text : texts) {
            line(text.isEmpty() ? text : "      " + text);
        }
    }

    private void settings() {
        file("/etc/upkeep/boot.env", "0644");
        content("STACK=" + design.name());
        setting("REGION", Value.ref("AWS::Region"));
        setting("CLOUDFORMATION_STACK", Value.ref("AWS::StackName"));
        content(
                "RESOURCE=" + purpose.resource,
                "PARAMETER=" + BaseStack.parameters(design.name()) + "release",
                "LOG_GROUP=" + BaseStack.logGroup(design.name()));
        if (!purpose.isLasting()) {
            content("TARGET_GROUP=", "ALLOCATION=");
        } else if (design.isBalanced()) {
            setting("TARGET_GROUP", Value.ref(BalancerPart.TARGETS));
            content("ALLOCATION=");
        } else {
            content("TARGET_GROUP=");
            setting(
                    "ALLOCATION",
                    design.allocation()
                            .map(Value::of)
                            .orElseGet(() -> Value.attribute(GroupPart.ADDRESS, "AllocationId")));
        }
        content(design.isBalanced() ? "PUBLISH=80:8080" : "PUBLISH=\"80:8080 443:8443\"");
        if (!design.spec().permissions().isEmpty()) {
            setting("APP_ROLE", Value.attribute(AppRolePart.ROLE, "Arn"));
        }
        content("LIMIT=" + (GroupPart.BOOT_LIMIT.toSeconds() - MARGIN_SECONDS));
    }

    private void setting(String name, Value value) {
        lines.add(new Value.Joined("", List.of(Value.of("      " + name + "="), value)));
    }

    private void units() {
        file("/etc/systemd/system/upkeep-boot.service", "0644");
        content(
                "[Unit]",
                "Description=Start what stack " + design.name() + " serves",
                "Wants=network-online.target",
                "After=network-online.target docker.service",
                "[Service]",
                "Type=oneshot",
                "RemainAfterExit=yes",
                "ExecStart=" + SCRIPTS + purpose.script,
                "StandardOutput=journal+console",
                "StandardError=journal+console",
                "[Install]",
                "WantedBy=multi-user.target");
        if (purpose.isLasting()) {
            watch();
        }
    }

    private void watch() {
        file("/etc/systemd/system/upkeep-watch.service", "0644");
        content(
                "[Unit]",
                "Description=See that stack " + design.name() + " serves",
                "[Service]",
                "Type=oneshot",
                "ExecStart=" + SCRIPTS + purpose.script + " watch");
        file("/etc/systemd/system/upkeep-watch.timer", "0644");
        content(
                "[Unit]",
                "Description=See every minute that stack " + design.name() + " serves",
                "[Timer]",
                "OnBootSec=2min",
                "OnUnitInactiveSec=1min",
                "[Install]",
                "WantedBy=timers.target");
    }

    /** Without what only its readers need, below what it says of itself when it is asked: a template may have 51,200 bytes. */
    private static List<String> needed(String script) {
        List<String> lines = whole(script).lines().toList();
        int head = lines.indexOf("");
        List<String> needed = new ArrayList<>(lines.subList(0, head + 1));
        lines.stream()
                .skip(head + 1)
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .forEach(needed::add);
        return needed;
    }

    private static String whole(String script) {
        try (InputStream content = BootData.class.getResourceAsStream(script)) {
            if (content == null) {
                throw new IllegalStateException(script + " is missing in the jar");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to read " + script, e);
        }
    }
}
