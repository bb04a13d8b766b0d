package dev.upkeep.checker;

import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.version.ExpectedVersion;
import org.junit.jupiter.api.AfterEach;

/** One checker, and one server that serves the expected version unless it is told otherwise. */
abstract class AgainstScriptedServer {
    static final ExpectedVersion EXPECTED = ExpectedVersion.exactly("1.0.6");

    final ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"));
    final VersionChecker checker = VersionChecker.create();

    @AfterEach
    final void close() {
        checker.close();
        server.close();
    }

    final VersionCheck.Builder check() {
        return VersionCheck.builder(server.uri(), EXPECTED).retryPolicy(RetryPolicy.once());
    }

    final Attempt attempt(Behaviour behaviour) throws InterruptedException {
        server.next(behaviour);
        return checker.check(check().build()).lastAttempt().orElseThrow();
    }
}
