import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The table at the end of {@code ./verify}: {@code java scripts/Report.java ROOT STEPS}, where STEPS has one line per step:
 * name, passed/failed/not run, seconds, note; separated by tabs. Reads the reports that Surefire, Failsafe and JaCoCo left.
 *
 * <p>Ends with 0 if nothing failed; with 1 if something did, if no test ran, or if CI is set and a test was skipped.
 */
class Report {
    /** One run of the tests of one module: {@code checker-core}, {@code unit tests on JDK 17}. */
    record Suite(String module, String kind, List<Test> tests, double seconds) {
        long count(String status) {
            return tests.stream().filter(test -> test.status.equals(status)).count();
        }
    }

    record Test(String name, String status, String reason, String detail) {}

    private static final int DETAIL_LINES = 30;

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        List<String[]> steps = Files.readAllLines(Path.of(args[1])).stream()
                .map(line -> line.split("\t", 4))
                .toList();
        List<Suite> suites = new ArrayList<>();
        Map<String, long[]> units = new LinkedHashMap<>();
        Map<String, long[]> all = new LinkedHashMap<>();
        for (Path module : modules(root)) {
            suites.addAll(suites(module, "surefire-reports", "unit tests"));
            suites.addAll(suites(module, "failsafe-reports", "system tests"));
            coverage(module.resolve("target/site/jacoco/jacoco.csv"), units, group -> fileName(module));
            // In an aggregate, each line says its module at the end of its group: "Upkeep system-tests/checker-core".
            coverage(
                    module.resolve("target/site/jacoco-aggregate/jacoco.csv"),
                    all,
                    group -> group.replaceAll(".*[/ ]", ""));
        }
        suites.forEach(Report::printFailures);

        row("\n%-18s %-24s %7s %7s %7s %8s", "Module", "Tests", "passed", "failed", "skipped", "seconds");
        suites.forEach(Report::printSuite);
        row("\n%-18s %10s %10s %24s", "Coverage", "lines", "branches", all.isEmpty() ? "" : "with the system tests");
        units.forEach((module, counts) -> row(
                "%-18s %10s %10s %13s %10s",
                module,
                percent(counts, 2),
                percent(counts, 0),
                all.containsKey(module) ? percent(all.get(module), 2) : "",
                all.containsKey(module) ? percent(all.get(module), 0) : ""));
        row("\n%-32s %-8s %8s  %s", "Step", "result", "seconds", "");
        steps.forEach(step -> row("%-32s %-8s %8s  %s", step[0], step[1], step[2], step[3]));
        printSkipped(suites);

        long passed = sum(suites, "passed");
        long failed = sum(suites, "failed");
        long skipped = sum(suites, "skipped");
        long brokenSteps = steps.stream().filter(step -> step[1].equals("failed")).count();
        boolean ci = !System.getenv().getOrDefault("CI", "").isEmpty();
        String verdict = failed + brokenSteps > 0
                ? "FAILED"
                : passed == 0 ? "FAILED: no test ran" : skipped > 0 && ci ? "FAILED: in CI no test may be skipped" : "OK";
        row("\n%s", verdict);
        // A step is counted only where no failed test already says what is wrong.
        row("%d passed, %d failed, %d skipped", passed, failed > 0 ? failed : brokenSteps, skipped);
        System.exit(verdict.equals("OK") ? 0 : 1);
    }

    private static List<Path> modules(Path root) throws IOException {
        return Files.readAllLines(root.resolve("pom.xml")).stream()
                .filter(line -> line.contains("<module>"))
                .map(line -> root.resolve(line.replaceAll(".*<module>|</module>.*", "").strip()))
                .toList();
    }

    /** One suite, or two if the tests also ran on another JDK: then the names of those reports end with it. */
    private static List<Suite> suites(Path module, String folder, String kind) throws Exception {
        Path reports = module.resolve("target").resolve(folder);
        Map<String, Suite> suites = new TreeMap<>();
        if (Files.isDirectory(reports)) {
            try (Stream<Path> files = Files.list(reports)) {
                for (Path file : files.sorted().filter(Report::isReport).toList()) {
                    String other = fileName(file).replaceAll(".*-jdk(\\d+)\\.xml|.*", "$1");
                    String name = other.isEmpty() ? kind : kind + " on JDK " + other;
                    suites.merge(name, read(file, fileName(module), name), Report::join);
                }
            }
        }
        return List.copyOf(suites.values());
    }

    private static boolean isReport(Path file) {
        return fileName(file).matches("TEST-.*\\.xml");
    }

    private static Suite join(Suite one, Suite other) {
        List<Test> tests = new ArrayList<>(one.tests);
        tests.addAll(other.tests);
        return new Suite(one.module, one.kind, tests, one.seconds + other.seconds);
    }

    private static Suite read(Path file, String module, String kind) throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        List<Test> tests = new ArrayList<>();
        NodeList cases = suite.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            tests.add(test((Element) cases.item(i)));
        }
        return new Suite(module, kind, tests, Double.parseDouble(suite.getAttribute("time").replace(",", "")));
    }

    private static Test test(Element test) {
        String name = test.getAttribute("classname").replaceAll("\\(jdk.*", "") + "." + test.getAttribute("name");
        for (String ending : List.of("failure", "error", "skipped")) {
            if (test.getElementsByTagName(ending).item(0) instanceof Element found) {
                String status = ending.equals("skipped") ? "skipped" : "failed";
                return new Test(name, status, found.getAttribute("message"), found.getTextContent());
            }
        }
        return new Test(name, "passed", "", "");
    }

    private static void printFailures(Suite suite) {
        for (Test test : suite.tests) {
            if (test.status.equals("failed")) {
                row("\nFAILED  %s, %s: %s", suite.module, suite.kind, test.name);
                (test.detail.isBlank() ? test.reason : test.detail).lines().limit(DETAIL_LINES).forEach(line -> row("  %s", line));
            }
        }
    }

    private static void printSuite(Suite suite) {
        row(
                "%-18s %-24s %7d %7d %7d %8.1f",
                suite.module,
                suite.kind,
                suite.count("passed"),
                suite.count("failed"),
                suite.count("skipped"),
                suite.seconds);
    }

    private static void printSkipped(List<Suite> suites) {
        suites.forEach(suite -> suite.tests.stream()
                .filter(test -> test.status.equals("skipped"))
                .forEach(test -> row(
                        "\nskipped  %s, %s: %s\n  %s",
                        suite.module, suite.kind, test.name, test.reason.isBlank() ? "no reason given" : test.reason)));
    }

    /** Adds up, per module: branches missed, branches covered, lines missed, lines covered. */
    private static void coverage(Path csv, Map<String, long[]> byModule, Function<String, String> moduleOfGroup)
            throws IOException {
        if (!Files.exists(csv)) {
            return;
        }
        for (String line : Files.readAllLines(csv).stream().skip(1).toList()) {
            String[] cells = line.split(",");
            long[] counts = byModule.computeIfAbsent(moduleOfGroup.apply(cells[0]), module -> new long[4]);
            for (int i = 0; i < counts.length; i++) {
                counts[i] += Long.parseLong(cells[5 + i]);
            }
        }
    }

    private static String percent(long[] counts, int missed) {
        long total = counts[missed] + counts[missed + 1];
        return total == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * counts[missed + 1] / total);
    }

    private static long sum(List<Suite> suites, String status) {
        return suites.stream().mapToLong(suite -> suite.count(status)).sum();
    }

    private static String fileName(Path path) {
        return path.getFileName().toString();
    }

    private static void row(String format, Object... cells) {
        System.out.println(String.format(Locale.ROOT, format, cells).stripTrailing());
    }
}
