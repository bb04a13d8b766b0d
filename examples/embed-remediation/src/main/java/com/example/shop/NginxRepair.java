package com.example.shop;

import dev.upkeep.remediation.Remediator;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.outside.Sight;
import dev.upkeep.remediation.remedy.Remedy;
import dev.upkeep.remediation.service.WebHost;
import dev.upkeep.remediation.shell.RemoteShell;
import dev.upkeep.remediation.ssh.HostKeys;
import dev.upkeep.remediation.ssh.SshConfig;
import dev.upkeep.remediation.ssh.SshKeys;
import dev.upkeep.remediation.ssh.SshSettings;
import dev.upkeep.remediation.ssh.SshShell;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.stream.Collectors;

/** Repairs the nginx of the shop where the shop's own check finds it down. */
public final class NginxRepair {
    private static final int PATIENCE_MILLIS = 5_000;

    private final Remediator remediator;
    private final RemoteShell shell;

    public NginxRepair(Remediator remediator, RemoteShell shell) {
        this.remediator = remediator;
        this.shell = shell;
    }

    /** Takes the URL that users ask, and the host that serves it, such as {@code admin@www1.example.org}. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 2) {
            System.err.println("Usage: NginxRepair URL USER@HOST");
            System.exit(64);
        }
        SshSettings settings = SshSettings.of(HostKeys.known(), SshKeys.usual());
        try (SshShell shell = SshShell.over(SshConfig.usual().access(args[1], settings))) {
            System.out.println(new NginxRepair(Remediator.of("nginx-repair"), shell).repair(URI.create(args[0])));
        }
    }

    /** Goes in only if several looks in a row find the shop down, and at most as often as the host allows. Says how it ended. */
    public String repair(URI shop) throws InterruptedException {
        int standard = "https".equals(shop.getScheme()) ? 443 : 80;
        WebHost nginx = WebHost.on(shop.getPort() > 0 ? shop.getPort() : standard);
        return told(remediator.heal(shell, nginx, () -> look(shop)));
    }

    /** The check from outside. What it cannot know for sure is {@code UNKNOWN}, and then nobody goes in. */
    private static Sight look(URI shop) {
        try {
            HttpURLConnection asked = (HttpURLConnection) shop.toURL().openConnection();
            asked.setConnectTimeout(PATIENCE_MILLIS);
            asked.setReadTimeout(PATIENCE_MILLIS);
            asked.setInstanceFollowRedirects(false);
            int status = asked.getResponseCode();
            return new Sight(condition(status), "it answers with " + status);
        } catch (ConnectException | SocketTimeoutException e) {
            return new Sight(Condition.DOWN, "it does not answer: " + e.getMessage());
        } catch (IOException e) {
            return new Sight(Condition.UNKNOWN, e.toString());
        }
    }

    private static Condition condition(int status) {
        return switch (status) {
            case 200 -> Condition.SERVES;
            case 502, 503, 504 -> Condition.NOT_READY;
            default -> Condition.OTHER;
        };
    }

    private static String told(Outcome outcome) {
        String seen = outcome.sight().words();
        if (outcome instanceof Outcome.Healed healed) {
            String done = healed.remedies().stream().map(Remedy::describe).collect(Collectors.joining(", "));
            return "repaired: " + healed.diagnosis().found() + "; by " + done + "; " + seen;
        }
        if (outcome instanceof Outcome.NotHealed not) {
            return "not repaired: " + not.diagnosis().found() + "; " + not.diagnosis().next();
        }
        if (outcome instanceof Outcome.Refused refused) {
            return "not now: " + refused.refusal().found();
        }
        if (outcome instanceof Outcome.OutOfReach away) {
            return "not reached: " + away.message();
        }
        return (outcome.needsAttention() ? "left alone: " : "served: ") + seen;
    }
}
