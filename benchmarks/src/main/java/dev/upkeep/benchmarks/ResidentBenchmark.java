package dev.upkeep.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a check costs in a process that stays, beside the blackbox_exporter of Prometheus in the same run: the same targets, the same
 * concurrency, a fresh connection for each check, both looking for the version in the body. Their rounds take turns, so that what else
 * happens on the machine meets both.
 */
public final class ResidentBenchmark {
    private static final double HANGING = 0.2;
    private static final int HANGING_TARGETS = 10_000;

    /** The first round is not measured, and takes its time: a JVM that has just started needs several times as long for a check. */
    private static final int WARM_UP_INTERVALS = 3;

    private final Options options;
    private final Path folder;
    private final PrintStream out;

    private ResidentBenchmark(Options options, Path folder, PrintStream out) {
        this.options = options;
        this.folder = folder;
        this.out = out;
    }

    /**
     * Measures, and prints what it measured.
     *
     * @param arguments options; see {@code --help}
     */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n\n" + Options.USAGE.formatted(Options.DEFAULT_FLAGS));
            System.exit(64);
            return;
        }
        Path folder = Files.createTempDirectory("upkeep-benchmark-");
        try {
            new ResidentBenchmark(options, folder, System.out).run();
        } finally {
            Folders.delete(folder);
        }
    }

    private void run() throws IOException, InterruptedException {
        out.printf(
                "%d processors, Java %s, JVM of the prober: %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                String.join(" ", options.flags()));
        out.printf(
                "medians of %d rounds of %d checks, after %d; %d at the same time%n%n",
                options.rounds(), options.checks(), options.warmUp(), options.concurrency());
        try (Site site = Site.start(folder)) {
            for (String scenario : options.scenarios()) {
                if (scenario.equals("hanging")) {
                    hanging(site);
                } else {
                    for (int targets : options.targets()) {
                        compare(site, Protocol.of(scenario), targets);
                    }
                }
            }
        }
    }

    private void compare(Site site, Protocol protocol, int count) throws IOException, InterruptedException {
        List<String> targets = site.targets(protocol, count);
        Path authority = site.authority();
        try (Prober ours = UpkeepProber.start(folder, targets, authority, options.concurrency(), options.flags());
                Prober theirs = ExporterProber.start(folder, targets, authority, options.concurrency())) {
            ours.round(options.warmUp());
            theirs.round(options.warmUp() / 10);
            List<Measurement> ourRounds = new ArrayList<>();
            List<Measurement> theirRounds = new ArrayList<>();
            for (int i = 0; i < options.rounds(); i++) {
                ourRounds.add(ours.round(options.checks()));
                theirRounds.add(theirs.round(options.checks()));
            }
            out.printf("%s, %d targets%n", protocol, count);
            out.printf(
                    "  %-20s %9s %12s %15s %10s %9s%n",
                    "", "wall s", "checks/s", "CPU us/check", "peak MiB", "failures");
            print(ours, ourRounds);
            print(theirs, theirRounds);
            out.printf(
                    Locale.ROOT,
                    "  %-20s %8.2fx %11.2fx %14.2fx %9.2fx%n",
                    "upkeep / exporter",
                    wall(ourRounds) / wall(theirRounds),
                    rate(ourRounds) / rate(theirRounds),
                    cpu(ourRounds) / cpu(theirRounds),
                    (double) ours.peakMebibytes() / theirs.peakMebibytes());
            out.printf("  upkeep is behind in: %s%n%n", behind(ours, ourRounds, theirs, theirRounds));
        }
    }

    /** A table shows what one looks for; this names what one would rather not see. */
    private static String behind(Prober ours, List<Measurement> ourRounds, Prober theirs, List<Measurement> theirRounds)
            throws IOException {
        List<String> worse = new ArrayList<>();
        if (rate(ourRounds) < rate(theirRounds)) {
            worse.add("checks/s");
        }
        if (cpu(ourRounds) > cpu(theirRounds)) {
            worse.add("CPU");
        }
        if (ours.peakMebibytes() > theirs.peakMebibytes()) {
            worse.add("memory");
        }
        return worse.isEmpty() ? "nothing" : String.join(", ", worse);
    }

    private void print(Prober prober, List<Measurement> rounds) throws IOException {
        out.printf(
                Locale.ROOT,
                "  %-20s %9.2f %12.0f %15.0f %10d %9d    CPU by round: %s%n",
                prober.name(),
                wall(rounds),
                rate(rounds),
                cpu(rounds),
                prober.peakMebibytes(),
                rounds.stream().mapToInt(Measurement::failures).sum(),
                rounds.stream()
                        .map(round -> String.format(Locale.ROOT, "%.0f", round.cpuMicrosPerCheck()))
                        .toList());
    }

    private static double wall(List<Measurement> rounds) {
        return Figures.median(rounds, round -> round.took().toMillis() / 1000.0);
    }

    private static double rate(List<Measurement> rounds) {
        return Figures.median(rounds, Measurement::checksPerSecond);
    }

    private static double cpu(List<Measurement> rounds) {
        return Figures.median(rounds, Measurement::cpuMicrosPerCheck);
    }

    private void hanging(Site site) throws IOException {
        try (HangingServer silence = new HangingServer()) {
            List<String> targets = mixed(site, silence);
            try (UpkeepProber prober =
                    UpkeepProber.start(folder, targets, site.authority(), options.concurrency(), options.flags())) {
                out.printf(
                        "plain, %d targets, each every %d s, evenly spread; %.0f %% accept and never answer (given up after 5 s)%n",
                        targets.size(), options.interval().toSeconds(), HANGING * 100);
                prober.keepTime(options.interval().multipliedBy(WARM_UP_INTERVALS), 1);
                for (int i = 0; i < options.rounds(); i++) {
                    print(prober.keepTime(options.interval(), 1), prober.peakMebibytes(), i);
                }
                out.println();
            }
        }
    }

    /** Every fifth one hangs. */
    private static List<String> mixed(Site site, HangingServer silence) {
        int every = (int) Math.round(1 / HANGING);
        List<String> targets = new ArrayList<>(site.targets(Protocol.PLAIN, HANGING_TARGETS));
        List<String> hanging = silence.targets(HANGING_TARGETS / every);
        for (int i = 0; i < hanging.size(); i++) {
            targets.set(i * every, hanging.get(i));
        }
        return targets;
    }

    private void print(Punctuality punctuality, long peakMebibytes, int interval) {
        out.printf(
                Locale.ROOT,
                "  interval %d: %d good, %d failed; lateness of the good ones: p50 %.2f ms, p99 %.2f ms, max %.2f ms;"
                        + " %.2f processors busy; peak %d MiB%n",
                interval + 1,
                punctuality.good(),
                punctuality.failed(),
                punctuality.p50() / 1000.0,
                punctuality.p99() / 1000.0,
                punctuality.max() / 1000.0,
                punctuality.processors(),
                peakMebibytes);
    }
}
