package com.example.shop;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;

/** Tells whether the shop serves the release that was just shipped. */
public final class ReleaseWatch {
    private final VersionChecker checker;

    public ReleaseWatch(VersionChecker checker) {
        this.checker = checker;
    }

    public static void main(String[] args) throws InterruptedException {
        try (VersionChecker checker = VersionChecker.create()) {
            System.out.println(new ReleaseWatch(checker).look(URI.create(args[0]), args[1]));
        }
    }

    public String look(URI versionFile, String shipped) throws InterruptedException {
        Verdict verdict = checker.check(VersionCheck.of(versionFile, ExpectedVersion.exactly(shipped)));
        return verdict.match(
                up -> "live: " + up.version(),
                stale -> "still " + stale.version() + ": leave it alone, the rollout goes on",
                down -> "down: " + down.cause().meaning() + "; " + down.cause().advice(),
                unknown -> "cannot tell: " + unknown.cause().meaning());
    }
}
