package dev.upkeep.system;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;
import java.util.stream.Collectors;

/** A program of its own, for what can be set only when a Java runtime starts: asks every address of a name, and prints what it heard. */
final class AllAddresses {
    private AllAddresses() {}

    public static void main(String[] arguments) throws InterruptedException {
        VersionCheck check = VersionCheck.of(URI.create(arguments[0]), ExpectedVersion.exactly("1.0.6"));
        try (VersionChecker checker = VersionChecker.create()) {
            FleetVerdict verdict = checker.check(FleetCheck.allAddresses(check));
            System.out.println(verdict.status() + " "
                    + verdict.members().stream().map(AllAddresses::text).collect(Collectors.joining(", ")));
        }
    }

    private static String text(MemberVerdict member) {
        Verdict verdict = member.verdict();
        return member.name() + " " + verdict.status() + " "
                + verdict.servedVersion()
                        .or(() -> verdict.reason().map(Reason::name))
                        .orElseThrow();
    }
}
