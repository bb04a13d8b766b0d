package dev.upkeep.benchmarks;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.PemFiles;
import dev.upkeep.checker.check.Timeouts;
import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.version.ExpectedVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A service that checks, as small as can be: takes orders on standard input, one a line, and answers each with a line. A thread for each
 * check, a virtual one where there are such.
 *
 * <pre>
 * round CHECKS                  ->  FAILURES NANOSECONDS
 * schedule MILLISECONDS ROUNDS  ->  GOOD FAILED P50 P99 MAX  (lateness in microseconds)
 * </pre>
 */
public final class ResidentProber {
    /** What hangs, hangs for so long. */
    private static final Duration TOTAL = Duration.ofSeconds(5);

    private final VersionChecker checker;
    private final List<VersionCheck> checks;
    private final int concurrency;
    private final Executor threads;

    private ResidentProber(VersionChecker checker, List<VersionCheck> checks, int concurrency, Executor threads) {
        this.checker = checker;
        this.checks = checks;
        this.concurrency = concurrency;
        this.threads = threads;
    }

    /**
     * Serves until its input ends.
     *
     * @param arguments a file with targets, one a line; a file with an authority to trust; how many checks at the same time in a round
     */
    public static void main(String[] arguments) throws Exception {
        Executor threads = Threads.executor();
        TlsSettings tls = TlsSettings.builder()
                .extraAuthorities(PemFiles.certificates(Path.of(arguments[1])))
                .build();
        List<VersionCheck> checks;
        try (var lines = Files.lines(Path.of(arguments[0]))) {
            checks = lines.map(target -> check(target, tls)).toList();
        }
        try (VersionChecker checker = VersionChecker.create()) {
            new ResidentProber(checker, checks, Integer.parseInt(arguments[2]), threads).serve(System.out);
        }
    }

    private static VersionCheck check(String target, TlsSettings tls) {
        return VersionCheck.builder(URI.create(target), ExpectedVersion.exactly(Site.VERSION))
                .tls(tls)
                .timeouts(Timeouts.DEFAULT.withTotal(TOTAL))
                .build();
    }

    private void serve(PrintStream answers) throws IOException, InterruptedException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        answers.println("ready");
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", -1);
            answers.println(
                    words[0].equals("round")
                            ? round(Integer.parseInt(words[1]))
                            : schedule(Duration.ofMillis(Long.parseLong(words[1])), Integer.parseInt(words[2])));
        }
    }

    private String round(int count) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        CountDownLatch workers = new CountDownLatch(concurrency);
        long began = System.nanoTime();
        for (int i = 0; i < concurrency; i++) {
            threads.execute(() -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    if (!isGood(checks.get(n % checks.size()))) {
                        failures.incrementAndGet();
                    }
                }
                workers.countDown();
            });
        }
        workers.await();
        return failures + " " + (System.nanoTime() - began);
    }

    private String schedule(Duration interval, int rounds) throws InterruptedException {
        int count = checks.size() * rounds;
        long[] lateness = new long[count];
        boolean[] good = new boolean[count];
        CountDownLatch under = new CountDownLatch(count);
        long first = System.nanoTime() + Duration.ofMillis(100).toNanos();
        for (int i = 0; i < count; i++) {
            int number = i;
            long planned = first + (long) ((double) i / checks.size() * interval.toNanos());
            parkUntil(planned);
            threads.execute(() -> {
                lateness[number] = (System.nanoTime() - planned) / 1000;
                good[number] = isGood(checks.get(number % checks.size()));
                under.countDown();
            });
        }
        under.await();
        return report(lateness, good);
    }

    private static void parkUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static String report(long[] lateness, boolean[] good) {
        long[] ofGood = new long[good.length];
        int count = 0;
        for (int i = 0; i < good.length; i++) {
            if (good[i]) {
                ofGood[count++] = lateness[i];
            }
        }
        long[] counted = Arrays.copyOf(ofGood, count);
        return count + " " + (good.length - count) + " " + Figures.percentile(counted, 50) + " "
                + Figures.percentile(counted, 99) + " " + Figures.percentile(counted, 100);
    }

    private boolean isGood(VersionCheck check) {
        try {
            return checker.check(check).status() == Status.UP;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
