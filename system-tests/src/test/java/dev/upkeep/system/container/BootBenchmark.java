package dev.upkeep.system.container;

import dev.upkeep.system.Waiting;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How soon an instance of a machine image of one's own serves, beside one of a published image, and how long the instances take that
 * make such an image, on machines that boot. {@code benchmarks/boot} starts it.
 */
final class BootBenchmark {
    private static final String STACK = "shop";
    private static final String IMAGE = "upkeep-system-tests/benchmark:1";
    private static final String DISK = "upkeep-system-tests-benchmark-";
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Map<String, String> SETTINGS = Map.of("LIMIT", String.valueOf(LIMIT.toSeconds()));

    /** What boots, in the order of a run. */
    private enum Machine {
        BUILDER("builder, until it can be copied"),
        PUBLISHED("published image, until it serves"),
        CANARY("canary, until it has signalled"),
        OWN("image of one's own, until it serves");

        private final String label;

        Machine(String label) {
            this.label = label;
        }
    }

    /** One boot. The processor time is that of all programs of this computer, so also of the registry and the emulator of AWS. */
    private record Boot(Duration took, double processor, Map<BootLog.Part, Duration> parts) {
        double seconds() {
            return took.toMillis() / 1000.0;
        }

        double seconds(BootLog.Part part) {
            return parts.getOrDefault(part, Duration.ZERO).toMillis() / 1000.0;
        }
    }

    private final DockerEngine engine;
    private final Ec2Surroundings around;
    private final String published;
    private final String userData;
    private final Map<Machine, List<Boot>> boots = new EnumMap<>(Machine.class);

    private BootBenchmark(DockerEngine engine, Ec2Surroundings around, Path folder) throws IOException {
        this.engine = engine;
        this.around = around;
        this.published = Ec2Image.published(engine);
        this.userData = UserData.of(Files.createDirectory(folder.resolve("home")), STACK, "");
        for (Machine machine : Machine.values()) {
            boots.put(machine, new ArrayList<>());
        }
    }

    /**
     * Measures, and prints what came out.
     *
     * @param arguments an empty folder, and the number of runs
     */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int runs = Integer.parseInt(arguments[1]);
        try (DockerEngine engine = DockerEngine.start();
                Ec2Surroundings around = new Ec2Surroundings(engine, folder)) {
            ReleasedImages images = ReleasedImages.pushed(
                    around, new Recipes(engine, Files.createDirectory(folder.resolve("recipes"))));
            images.release(STACK, images.edge(), "");
            around.aws("logs", "create-log-group", "--log-group-name=/upkeep/" + STACK);
            BootBenchmark benchmark = new BootBenchmark(engine, around, folder);
            for (int run = 0; run < runs; run++) {
                benchmark.run();
            }
            benchmark.print();
        }
    }

    private void run() throws IOException {
        try {
            boots.get(Machine.BUILDER).add(builder());
            boots.get(Machine.PUBLISHED).add(serving(published, "/var/lib/docker"));
            boots.get(Machine.CANARY).add(canary());
            boots.get(Machine.OWN).add(serving(IMAGE, DISK + "2:/var/lib/docker"));
        } finally {
            engine.docker("volume", "rm", DISK + "1", DISK + "2");
            engine.docker("image", "rm", IMAGE);
        }
    }

    private Boot builder() throws IOException {
        around.replaceWaitingStack(STACK + "-image", "Builder");
        double before = processorSeconds();
        try (Ec2Machine machine =
                around.bootFrom(published, UserData.ofBuilder(STACK), SETTINGS, "--volume=/var/lib/docker")) {
            machine.awaitConsole("the image for version 1.0.6 can be made");
            Boot boot = boot(machine, Instant.now(), before);
            machine.commit(IMAGE);
            machine.copyDisk(IMAGE, DISK + "1");
            machine.copyDisk(IMAGE, DISK + "2");
            return boot;
        }
    }

    private Boot canary() throws IOException {
        around.replaceWaitingStack(STACK + "-image", "Canary");
        double before = processorSeconds();
        try (Ec2Machine machine =
                around.bootFrom(IMAGE, UserData.ofCanary(STACK), SETTINGS, "--volume=" + DISK + "1:/var/lib/docker")) {
            machine.awaitConsole(" serves version 1.0.6");
            return boot(machine, Instant.now(), before);
        }
    }

    private Boot serving(String image, String disk) throws IOException {
        around.replaceWaitingStack(STACK, "Group");
        double before = processorSeconds();
        try (Ec2Machine machine = around.bootFrom(image, userData, SETTINGS, "--volume=" + disk)) {
            Waiting.until(
                    "the machine serves",
                    LIMIT,
                    () -> Http.get(around.port(), Http.VERSION).endsWith("\n\n1.0.6"));
            Boot boot = boot(machine, Instant.now(), before);
            machine.awaitConsole(" serves version 1.0.6");
            return boot;
        }
    }

    private static Boot boot(Ec2Machine machine, Instant end, double before) throws IOException {
        double used = processorSeconds() - before;
        BootLog log = BootLog.of(machine);
        return new Boot(Duration.between(log.started(), end), used, log.until(end));
    }

    /** What all programs have used since this computer was started. */
    private static double processorSeconds() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            String[] ticks = lines.findFirst().orElseThrow().split(" +", -1);
            // Of user, nice, system, idle, iowait, irq and softirq, those in which something is done; 100 a second.
            return IntStream.of(1, 2, 3, 6, 7)
                            .mapToLong(column -> Long.parseLong(ticks[column]))
                            .sum()
                    / 100.0;
        }
    }

    private void print() {
        System.out.printf(
                "%d runs of each, taking turns, on %d processors; load %.1f%n",
                boots.get(Machine.OWN).size(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.printf("  %-42s %8s %8s %8s %8s%n", "", "median", "fastest", "slowest", "CPU");
        for (Map.Entry<Machine, List<Boot>> each : boots.entrySet()) {
            print("  " + each.getKey().label, each.getValue(), Boot::seconds);
            System.out.printf(" %6.1f s%n", median(each.getValue(), Boot::processor));
            for (BootLog.Part part : BootLog.Part.values()) {
                if (median(each.getValue(), boot -> boot.seconds(part)) > 0) {
                    print("    " + part.label(), each.getValue(), boot -> boot.seconds(part));
                    System.out.println();
                }
            }
        }
        System.out.printf(
                "An image of one's own serves in %.2f times the time of a published one.%n",
                median(boots.get(Machine.OWN), Boot::seconds) / median(boots.get(Machine.PUBLISHED), Boot::seconds));
    }

    private static void print(String label, List<Boot> boots, ToDoubleFunction<Boot> figure) {
        DoubleSummaryStatistics all = boots.stream().mapToDouble(figure).summaryStatistics();
        System.out.printf("%-44s %6.1f s %6.1f s %6.1f s", label, median(boots, figure), all.getMin(), all.getMax());
    }

    private static double median(List<Boot> boots, ToDoubleFunction<Boot> figure) {
        double[] sorted = boots.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
