package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.upkeep.remediation.Remediator;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.ShellFailure;
import dev.upkeep.remediation.testing.ScriptedShell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Your own code with a host that answers as the test says: nobody goes in anywhere, and no time passes. */
class NginxRepairTest {
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");

    /** How a host looks whose nginx is a unit of systemd and does not run. */
    private static final String STOPPED = String.join(
            "\n",
            "may\troot",
            "room\t/\t4000000",
            "ss\tyes",
            "init\tsystemd",
            "unit\tLoadState=loaded",
            "unit\tActiveState=inactive",
            "nginx\t/usr/sbin/nginx",
            "test\t0");

    private HttpServer shop;
    private InetSocketAddress address;

    @BeforeEach
    void stop() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = (InetSocketAddress) free.getLocalSocketAddress();
        }
    }

    @AfterEach
    void close() {
        if (shop != null) {
            shop.stop(0);
        }
    }

    private void serve(int... statuses) {
        try {
            shop = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        AtomicInteger next = new AtomicInteger();
        shop.createContext("/", exchange -> {
            exchange.sendResponseHeaders(statuses[Math.min(next.getAndIncrement(), statuses.length - 1)], -1);
            exchange.close();
        });
        shop.start();
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + address.getPort() + "/");
    }

    private String repair(Function<CommandLine, CommandResult> host) throws InterruptedException {
        Remediator remediator = Remediator.of("a test").by(InstantSource.fixed(NOW), time -> {});
        return new NginxRepair(remediator, new ScriptedShell("admin@www1.example.org", host)).repair(uri());
    }

    /** The host counts its repairs by its own clock. */
    private CommandResult stopped(CommandLine command) {
        if (command.inShell().equals("systemctl start nginx.service")) {
            serve(200);
        }
        return ScriptedShell.ended(0, command.argv().contains("look") ? STOPPED : "now\t" + NOW.getEpochSecond());
    }

    @Test
    void startsAnNginxThatDoesNotRun() throws InterruptedException {
        assertEquals(
                "repaired: unit nginx.service does not run: systemd says inactive (); by start unit nginx.service;"
                        + " it answers with 200",
                repair(this::stopped));
    }

    @Test
    void goesInNowhereIfTheShopIsServed() throws InterruptedException {
        serve(502, 200);

        assertEquals("served: it answers with 200", repair(command -> {
            throw new AssertionError("ran " + command);
        }));
    }

    @Test
    void leavesAloneWhatNoRepairMends() throws InterruptedException {
        serve(404);

        assertEquals("left alone: it answers with 404", repair(command -> {
            throw new AssertionError("ran " + command);
        }));
    }

    @Test
    void saysWhyAHostIsNotReached() throws InterruptedException {
        assertEquals(
                "not reached: no answer within 10 s",
                repair(command -> new CommandResult.Failed(ShellFailure.UNREACHABLE, "no answer within 10 s")));
    }

    @Test
    void runsAsAProgram() throws InterruptedException {
        serve(200);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            NginxRepair.main(new String[] {uri().toString(), "admin@www1.example.org"});
        } finally {
            System.setOut(out);
        }
        assertEquals(
                "served: it answers with 200",
                printed.toString(StandardCharsets.UTF_8).strip());
    }
}
