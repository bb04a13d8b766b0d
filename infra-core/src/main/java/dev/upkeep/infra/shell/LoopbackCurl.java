package dev.upkeep.infra.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Asks the web server of an instance on port 80 of its own loopback, by curl 7.75 or newer there: for instances that only a load balancer can reach. One
 * command puts all questions, each as a GET over a connection of its own that follows no redirect.
 *
 * @param paths what is asked for, each beginning with a slash; of the first one the body is read
 * @param limit how long each answer may take, in whole seconds
 */
public record LoopbackCurl(List<String> paths, Duration limit) {

    /** What curl writes of each answer: status, its own exit code, seconds, and what went wrong in words. */
    private static final String FACTS = "%{stderr}%{http_code} %{exitcode} %{time_total} %{errormsg}\\n";

    /** The most bytes of a body; no version needs more, and Run Command brings no more than 24,000 characters. */
    private static final int LONGEST_BODY = 16_384;

    /** A shell that waits for nobody takes a second. */
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private static final double NANOS = 1e9;

    /**
     * Copies the paths.
     *
     * @throws IllegalArgumentException if there are none, one does not begin with a slash, or the limit is below a second
     */
    public LoopbackCurl {
        paths = List.copyOf(paths);
        if (paths.isEmpty() || !paths.stream().allMatch(path -> path.startsWith("/"))) {
            throw new IllegalArgumentException("paths begin with a slash: " + paths);
        }
        if (limit.toSeconds() < 1) {
            throw new IllegalArgumentException("an answer may take whole seconds, not " + limit);
        }
    }

    /**
     * One answer.
     *
     * @param status of HTTP; 0 if none came
     * @param curlExit 0 if an answer came whole, else the exit code that curl has for what went wrong, such as 7 for a refused connection
     * @param took from the beginning to the end, on the instance
     * @param problem what went wrong, in the words of curl; empty if nothing did
     * @param body what was answered; empty but for the first path
     */
    public record Answer(int status, int curlExit, Duration took, String problem, String body) {}

    /**
     * What to run on the instance.
     *
     * @return a command that prints the first body on stdout, and facts about each answer on stderr
     */
    public CommandLine commandLine() {
        List<String> argv = new ArrayList<>(List.of("curl", "-q", "-s", "-g", "--noproxy", "*"));
        argv.addAll(List.of("--max-time", String.valueOf(limit.toSeconds())));
        argv.addAll(List.of("--max-filesize", String.valueOf(LONGEST_BODY), "-H", "Connection: close", "-w", FACTS));
        argv.addAll(List.of("-o", "-"));
        paths.stream().skip(1).forEach(path -> argv.addAll(List.of("-o", "/dev/null")));
        paths.forEach(path -> argv.add("http://127.0.0.1" + path));
        return new CommandLine(argv);
    }

    /**
     * How long that may run.
     *
     * @return all answers together, with some time for curl itself
     */
    public Duration runLimit() {
        return limit.multipliedBy(paths.size()).plusSeconds(5);
    }

    /**
     * Both limits of the command.
     *
     * @return 20 s until it begins, and then {@link #runLimit}
     */
    public CommandLimits limits() {
        return new CommandLimits(START_LIMIT, runLimit());
    }

    /**
     * Reads what the command printed.
     *
     * @param ended how it ended
     * @return an answer for each path, in their order; none if curl could not be run
     */
    public List<Answer> answers(CommandResult.Ended ended) {
        List<Answer> answers = new ArrayList<>();
        for (String line : ended.stderr().lines().toList()) {
            String[] facts = line.split(" ", 4);
            if (Arrays.stream(facts).limit(3).allMatch(fact -> fact.matches("[0-9]+([.,][0-9]+)?"))
                    && facts.length > 2) {
                answers.add(answer(facts, answers.isEmpty() ? ended.stdout() : ""));
            }
        }
        return answers.size() == paths.size() ? List.copyOf(answers) : List.of();
    }

    /**
     * What to say where there are no {@linkplain #answers answers}.
     *
     * @param ended how the command ended
     * @return what curl said, and which curl is needed
     */
    public String unanswered(CommandResult.Ended ended) {
        String said = ended.stderr().lines().findFirst().orElse("nothing");
        return "curl there ended with " + ended.exitCode() + " and said " + said + "; it has to be 7.75 or newer";
    }

    private static Answer answer(String[] facts, String body) {
        double seconds = Double.parseDouble(facts[2].replace(',', '.'));
        return new Answer(
                Integer.parseInt(facts[0]),
                Integer.parseInt(facts[1]),
                Duration.ofNanos((long) (seconds * NANOS)),
                facts.length > 3 ? facts[3].strip().toLowerCase(Locale.ROOT) : "",
                body);
    }
}
