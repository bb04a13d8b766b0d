package dev.upkeep.system.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What cloud-init of a machine is told: the script, its settings, and the unit that runs it at every boot. */
final class UserData {
    private static final String UNIT = """
            [Unit]
            Description=Serves the release of this stack
            Wants=network-online.target
            After=network-online.target docker.service
            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStart=/usr/local/lib/upkeep/upkeep-boot
            StandardOutput=journal+console
            [Install]
            WantedBy=multi-user.target
            """;
    private static final String CLOUD_CONFIG = """
            #cloud-config
            write_files:
              - { path: /usr/local/lib/upkeep/upkeep-boot, permissions: "0755", encoding: b64, content: %s }
              - { path: /etc/upkeep/boot.env, permissions: "0644", encoding: b64, content: %s }
              - { path: /etc/systemd/system/upkeep-boot.service, permissions: "0644", encoding: b64, content: %s }
            runcmd:
              - [systemctl, daemon-reload]
              - [systemctl, enable, --now, --no-block, upkeep-boot.service]
            """;

    private UserData() {}

    /** For the stack named shop, with more or other settings, where AWS and the metadata are in one place. */
    static String of(Map<String, String> settings, String aws) throws IOException {
        Map<String, String> all = new TreeMap<>(Map.of(
                "STACK", "shop",
                "REGION", Ec2Surroundings.REGION,
                "CLOUDFORMATION_STACK", "upkeep-shop",
                "RESOURCE", "Group",
                "PARAMETER", "/upkeep/shop/release",
                "LOG_GROUP", "/upkeep/shop",
                "PUBLISH", "80:8080",
                "LIMIT", "180"));
        // Where the command of AWS finds the role of the machine.
        all.putAll(Map.of("AWS_ENDPOINT_URL", aws, "IMDS", aws, "AWS_EC2_METADATA_SERVICE_ENDPOINT", aws + "/"));
        all.putAll(settings);
        String lines = all.entrySet().stream()
                .map(each -> each.getKey() + "=\"" + each.getValue() + "\"\n")
                .collect(Collectors.joining());
        String script = Files.readString(Recipes.CLONE.resolve("docker/runner/upkeep-boot"));
        return CLOUD_CONFIG.formatted(base64(script), base64(lines), base64(UNIT));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
