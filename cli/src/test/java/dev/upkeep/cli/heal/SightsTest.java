package dev.upkeep.cli.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.VersionChecker;
import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.RefusingPort;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.version.ExpectedVersion;
import dev.upkeep.remediation.outside.Condition;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a real verdict means for a repair: only what a restart could mend is an ailment. */
class SightsTest {

    private static Condition at(String uri) throws InterruptedException {
        try (VersionChecker checker = VersionChecker.create()) {
            return Sights.of(checker.check(VersionCheck.builder(URI.create(uri), ExpectedVersion.exactly("1.0.6"))
                            .retryPolicy(new RetryPolicy(1, Duration.ofMillis(250), Duration.ofSeconds(2)))
                            .build()))
                    .condition();
        }
    }

    private static Condition when(Behaviour behaviour) throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(behaviour)) {
            return at(server.uri().toString());
        }
    }

    @Test
    void whatServesNeedsNoRepair() throws InterruptedException {
        assertThat(when(Behaviour.version("1.0.6"))).isEqualTo(Condition.SERVES);
    }

    @Test
    void anotherVersionIsNoAilment() throws InterruptedException {
        assertThat(when(Behaviour.version("1.0.5"))).isEqualTo(Condition.OTHER);
    }

    @Test
    void whatRefusesIsAnAilment() throws InterruptedException {
        try (RefusingPort port = RefusingPort.open()) {
            assertThat(at(port.uri() + "version.txt")).isEqualTo(Condition.DOWN);
        }
    }

    @Test
    void aNameThatNobodyKnowsIsNoAilment() throws InterruptedException {
        assertThat(at("http://no-such-name.invalid/version.txt")).isNotEqualTo(Condition.DOWN);
    }

    @Test
    void whatSpeaksNoTlsIsNoAilmentOfTheHost() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(Behaviour.version("1.0.6"))) {
            assertThat(at(server.uri().toString().replace("http:", "https:"))).isEqualTo(Condition.OTHER);
        }
    }
}
