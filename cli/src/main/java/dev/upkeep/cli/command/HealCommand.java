package dev.upkeep.cli.command;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.heal.HealJson;
import dev.upkeep.cli.heal.Patient;
import dev.upkeep.cli.heal.Story;
import dev.upkeep.cli.heal.Visited;
import dev.upkeep.cli.output.JsonText;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.cli.terminal.InterruptibleWork;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.remediation.Confirmation;
import dev.upkeep.remediation.Remediator;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.shell.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Checks from outside, goes in where a host is down, repairs it, and checks again. */
final class HealCommand implements Command {

    /** How many hosts of a stack one run repairs, unless it is told otherwise. */
    private static final int USUAL_MOST = 3;

    /** Between two runs, where somebody waits for the end. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Terminal terminal;
    private final CheckOptions check = new CheckOptions(List.of(OutputFormat.HUMAN.word(), OutputFormat.JSON.word()));
    private final WayInOptions way = new WayInOptions();

    private final Argument<Boolean> dryRun = Argument.option("--dry-run")
            .help("Go in and find out what is wrong, print the commands that would be run, and run none of them.")
            .alone();

    private final Argument<Duration> untilUp = Argument.option("--until-up")
            .help(
                    "Go on while something is DOWN or not ready, and begin no visit after this time. Without it, each ailing host"
                            + " is visited once.")
            .taking("TIME", Durations::parse);

    private final Argument<Integer> rounds = Argument.option("--rounds")
            .help("How many looks in a row must find a place ailing before it is touched ("
                    + Confirmation.STANDARD.looks() + ").")
            .taking("N", ValueConverters::integer);

    private final Argument<Duration> interval = Argument.option("--interval")
            .help("The time between two of them (" + Durations.text(Confirmation.STANDARD.pause()) + ").")
            .taking("TIME", Durations::parse);

    private final Argument<Integer> atMost = Argument.option("--at-most")
            .help("How many hosts of a stack are repaired in one run, one after the other; " + USUAL_MOST
                    + " unless given.")
            .taking("COUNT", ValueConverters::integer);

    private final Argument<Boolean> reset = Argument.option("--reset")
            .help("Have the host forget its repairs, after somebody has mended what repairs did not; repairs nothing.")
            .alone();

    HealCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return check.declareOn(Syntax.of("heal", this)
                        .arguments(List.of(dryRun, untilUp, rounds, interval, atMost, reset))
                        .group("The way in, and what serves there:", way.all()))
                .about(
                        "Repairs servers that are down, and proves from outside that they are up.",
                        "It checks as upkeep check does. Where a place is DOWN or not ready, three times in a row, it goes in,",
                        "finds out why, and does the mildest thing that could help: start what does not run, reload what runs, then",
                        "restart it. What a restart would not mend is told and not touched: a broken configuration, a full disk, a port",
                        "that another program has, a restart loop, another version, a certificate.",
                        "With a URL it goes into one host. Without one, into the instances of the stack in upkeep.yaml, one after the",
                        "other: on AWS through Run Command, without an open port or a key.",
                        "A host is repaired once in 5 minutes and 3 times in an hour at most, and not any more for 6 hours after 3",
                        "repairs that did not help, or not for long. The host itself keeps count, for all who repair it.")
                .closing(
                        "Examples:",
                        "  upkeep heal https://www.example.org/version.txt --expect 1.0.6 --ssh admin@www1.example.org",
                        "  upkeep heal http://127.0.0.1/version.txt --here --app unit:shop.service",
                        "      On the server itself, by a timer.",
                        "  upkeep heal --dry-run",
                        "      What is wrong with the stack of upkeep.yaml, and what would be run?",
                        "  upkeep heal --until-up 15m --output json",
                        "",
                        "Exit codes, by what was seen last, as for Nagios plugins:",
                        "  0  OK        UP   1  WARNING  STALE, MIXED, DEGRADED or a warning, which no repair mends",
                        "  2  CRITICAL  DOWN or not ready   3  UNKNOWN   could not be measured",
                        "  64 wrong usage   78 bad configuration   130 interrupted");
    }

    @Override
    public Integer call() throws InterruptedException {
        if (atMost.value().filter(count -> count < 1).isPresent()) {
            throw new UsageException("--at-most takes 1 or more");
        }
        if (untilUp.value()
                .filter(limit -> limit.isZero() || limit.isNegative())
                .isPresent()) {
            throw new UsageException("--until-up takes a time above zero");
        }
        if (reset.isGiven() && check.format() == OutputFormat.JSON) {
            throw new UsageException("--reset has nothing to print as JSON; leave --output out");
        }
        if (dryRun.isGiven() && (untilUp.isGiven() || reset.isGiven())) {
            throw new UsageException("--dry-run changes nothing, so that nothing can be waited for or forgotten");
        }
        Remediator remediator = Remediator.of(way.who()).confirming(confirmation());
        way.require(check.url().isPresent());
        return InterruptibleWork.changingElsewhere(
                terminal,
                () ->
                        "Interrupted; a remedy that was begun has ended or goes on by itself. upkeep check says how it stands.",
                () -> {
                    try (VersionChecker checker = VersionChecker.create();
                            HealTargets targets = targets(checker)) {
                        return Progress.during(
                                terminal,
                                "for " + targets.subject(),
                                progress -> reset.isGiven()
                                        ? forget(targets, remediator, progress)
                                        : run(targets, remediator.telling(new Story(progress)), progress));
                    }
                });
    }

    private HealTargets targets(VersionChecker checker) throws InterruptedException {
        return check.url().isPresent()
                ? HealTargets.OfUrl.of(checker, check.single(check.url().get(), terminal), way, terminal)
                : HealTargets.ofStack(checker, check, terminal);
    }

    private int forget(HealTargets targets, Remediator remediator, Progress progress) throws InterruptedException {
        int code = ExitCode.OK;
        for (Patient patient : targets.all()) {
            CommandResult result = remediator.reset(patient.shell(), patient.host());
            progress.line(result.match(
                    done -> patient.name() + " has forgotten its repairs",
                    failed -> patient.name() + " was not reached: " + failed.message()));
            code = result.match(done -> true, failed -> false) ? code : ExitCode.UNKNOWN;
        }
        return code;
    }

    private Confirmation confirmation() {
        try {
            return new Confirmation(
                    rounds.value().orElse(Confirmation.STANDARD.looks()),
                    interval.value().orElse(Confirmation.STANDARD.pause()),
                    Confirmation.STANDARD.settling());
        } catch (IllegalArgumentException e) {
            throw new UsageException(Durations.asTyped(String.valueOf(e.getMessage())));
        }
    }

    private int run(HealTargets targets, Remediator remediator, Progress progress) throws InterruptedException {
        List<Visited> visits = new ArrayList<>();
        while (true) {
            visits.clear();
            for (Patient patient : targets.ailing(atMost.value().orElse(USUAL_MOST))) {
                visits.add(visit(patient, remediator));
            }
            int code = targets.exitCode(visits);
            boolean goesOn = code == ExitCode.CRITICAL
                    && untilUp.value()
                            .filter(limit -> progress.elapsed().plus(PAUSE).compareTo(limit) < 0)
                            .isPresent();
            if (!goesOn) {
                print(targets, visits, code, progress);
                return code;
            }
            progress.waitingFor("until the next visit");
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private Visited visit(Patient patient, Remediator remediator) throws InterruptedException {
        Outcome outcome = dryRun.isGiven()
                ? remediator.rehearse(patient.shell(), patient.host(), patient.outside())
                : remediator.heal(patient.shell(), patient.host(), patient.outside());
        return new Visited(patient.name(), outcome);
    }

    private void print(HealTargets targets, List<Visited> visits, int code, Progress progress) {
        if (check.format() == OutputFormat.JSON) {
            progress.result(JsonText.document(json -> HealJson.write(targets.subject(), visits, code, json))
                    .strip());
            return;
        }
        visits.forEach(visit -> Story.tell(visit.name(), visit.outcome(), progress::result));
        targets.note().ifPresent(progress::result);
    }
}
