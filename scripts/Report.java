import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The table at the end of {@code ./verify}: {@code java scripts/Report.java ROOT STEPS}, where STEPS has one line per step:
 * name, passed/failed/not run, seconds, note; separated by tabs. A line with "skipped" is a test that cannot run on this
 * machine. Reads the reports of Surefire, Failsafe and JaCoCo.
 *
 * <p>Ends with 0 if nothing failed; with 1 if something did, if no test ran, or if CI is set and a test was skipped.
 */
class Report {
    /** All tests of one kind of one module: {@code checker-core}, {@code unit tests on JDK 17}. */
    record Suite(String module, String kind, double seconds, List<Test> tests) {
        List<Test> that(String status) {
            return tests.stream().filter(test -> test.status.equals(status)).toList();
        }
    }

    record Test(String name, String status, String reason, String detail) {}

    record Step(String name, String result, String seconds, String note) {}

    private static final int DETAIL_LINES = 30;
    private static final int BRANCHES = 5; // columns of JaCoCo: missed, and covered in the next one
    private static final int LINES = 7;

    public static void main(String[] args) throws Exception {
        List<Path> modules = modules(Path.of(args[0]));
        List<Suite> suites = new ArrayList<>();
        for (Path module : modules) {
            suites.addAll(suites(module, "surefire-reports", "unit tests"));
            suites.addAll(suites(module, "failsafe-reports", "system tests"));
        }
        List<Step> steps = Files.readAllLines(Path.of(args[1])).stream()
                .map(line -> line.split("\t", 4))
                .map(cells -> new Step(cells[0], cells[1], cells[2], cells[3]))
                .toList();
        List<Step> impossible =
                steps.stream().filter(step -> step.result.equals("skipped")).toList();
        impossible.forEach(test -> row("\nnot run  %s\n  because %s", test.name, test.note));
        printTests(modules, suites);
        printCoverage(modules);
        row("\n%-32s %-8s %8s", "Step", "result", "seconds");
        steps.stream()
                .filter(step -> !impossible.contains(step))
                .forEach(step -> row("%-32s %-8s %8s  %s", step.name, step.result, step.seconds, step.note));

        int passed = count(suites, "passed");
        int failed = count(suites, "failed");
        int skipped = count(suites, "skipped") + impossible.size();
        if (failed == 0) { // otherwise the failed tests say what is wrong, and their step says it once more
            failed = (int)
                    steps.stream().filter(step -> step.result.equals("failed")).count();
        }
        String problem = problem(passed, failed, skipped);
        row("\n%s\n%d passed, %d failed, %d skipped", problem.isEmpty() ? "OK" : problem, passed, failed, skipped);
        System.exit(problem.isEmpty() ? 0 : 1);
    }

    private static String problem(int passed, int failed, int skipped) {
        if (failed > 0) {
            return "FAILED";
        }
        if (passed == 0) {
            return "FAILED: no test ran";
        }
        boolean ci = !System.getenv().getOrDefault("CI", "").isEmpty();
        return ci && skipped > 0 ? "FAILED: in CI no test may be skipped" : "";
    }

    private static List<Path> modules(Path root) throws IOException {
        return Pattern.compile("<module>(.+?)</module>")
                .matcher(Files.readString(root.resolve("pom.xml")))
                .results()
                .map(match -> root.resolve(match.group(1)))
                .toList();
    }

    /** One suite, or two if the tests also ran on another JDK: then the names of those reports end with it. */
    private static Collection<Suite> suites(Path module, String folder, String kind) throws Exception {
        Path reports = module.resolve("target").resolve(folder);
        Map<String, Suite> suites = new TreeMap<>();
        try (Stream<Path> files = Files.isDirectory(reports) ? Files.list(reports) : Stream.empty()) {
            for (Path file : files.sorted().toList()) {
                if (name(file).matches("TEST-.*\\.xml")) {
                    String jdk = name(file).replaceAll(".*-jdk(\\d+)\\.xml|.*", "$1");
                    String fullKind = jdk.isEmpty() ? kind : kind + " on JDK " + jdk;
                    suites.merge(fullKind, read(file, name(module), fullKind), Report::join);
                }
            }
        }
        return suites.values();
    }

    private static Suite join(Suite one, Suite other) {
        List<Test> tests =
                Stream.concat(one.tests.stream(), other.tests.stream()).toList();
        return new Suite(one.module, one.kind, one.seconds + other.seconds, tests);
    }

    private static Suite read(Path file, String module, String kind) throws Exception {
        var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        NodeList cases = xml.getElementsByTagName("testcase");
        List<Test> tests = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            tests.add(test((Element) cases.item(i)));
        }
        String seconds = xml.getDocumentElement().getAttribute("time").replace(",", "");
        return new Suite(module, kind, Double.parseDouble(seconds), tests);
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

    private static void printTests(List<Path> modules, List<Suite> suites) throws IOException {
        for (Suite suite : suites) {
            for (Test test : suite.that("failed")) {
                row("\nFAILED   %s, %s: %s", suite.module, suite.kind, test.name);
                String detail = test.detail.isBlank() ? test.reason : test.detail;
                detail.lines().limit(DETAIL_LINES).forEach(line -> row("  %s", line));
            }
            for (Test test : suite.that("skipped")) {
                row("\nskipped  %s, %s: %s\n  %s", suite.module, suite.kind, test.name, test.reason);
            }
        }
        row("\n%-18s %-24s %7s %7s %7s %8s", "Module", "Tests", "passed", "failed", "skipped", "seconds");
        for (Path module : modules) {
            List<Suite> ofModule = suites.stream()
                    .filter(suite -> suite.module.equals(name(module)))
                    .toList();
            ofModule.forEach(suite -> row(
                    "%-18s %-24s %7d %7d %7d %8.1f",
                    suite.module,
                    suite.kind,
                    suite.that("passed").size(),
                    suite.that("failed").size(),
                    suite.that("skipped").size(),
                    suite.seconds));
            if (ofModule.isEmpty() && Files.isDirectory(module.resolve("src/test/java"))) {
                row("%-18s not run", name(module));
            }
        }
    }

    /** By each module's own unit tests; and by all tests, if a module has an aggregate ("Upkeep system-tests/checker-core"). */
    private static void printCoverage(List<Path> modules) throws IOException {
        List<String[]> units = new ArrayList<>();
        List<String[]> all = new ArrayList<>();
        for (Path module : modules) {
            units.addAll(csv(module.resolve("target/site/jacoco/jacoco.csv"), name(module)));
            all.addAll(csv(module.resolve("target/site/jacoco-aggregate/jacoco.csv"), null));
        }
        row(
                "\n%-18s %8s %10s %32s",
                "Coverage", "lines", "branches", all.isEmpty() ? "" : "with system tests, of both");
        for (String module : units.stream().map(cells -> cells[0]).distinct().toList()) {
            row(
                    "%-18s %8s %10s %21s %10s",
                    module,
                    percent(units, module, LINES),
                    percent(units, module, BRANCHES),
                    percent(all, module, LINES),
                    percent(all, module, BRANCHES));
        }
    }

    private static List<String[]> csv(Path file, String module) throws IOException {
        List<String[]> rows = new ArrayList<>();
        if (Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .skip(1)
                    .map(line -> line.split(","))
                    .forEach(rows::add);
            rows.forEach(cells -> cells[0] = module != null ? module : cells[0].replaceAll(".*[/ ]", ""));
        }
        return rows;
    }

    private static String percent(List<String[]> rows, String module, int column) {
        long[] sum = new long[2];
        for (String[] cells : rows) {
            if (cells[0].equals(module)) {
                sum[0] += Long.parseLong(cells[column]);
                sum[1] += Long.parseLong(cells[column + 1]);
            }
        }
        return sum[0] + sum[1] == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * sum[1] / (sum[0] + sum[1]));
    }

    private static int count(List<Suite> suites, String status) {
        return suites.stream().mapToInt(suite -> suite.that(status).size()).sum();
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static void row(String format, Object... cells) {
        System.out.println(String.format(Locale.ROOT, format, cells).stripTrailing());
    }
}
