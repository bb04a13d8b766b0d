package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.upkeep.checker.check.AddressFamily;
import dev.upkeep.checker.port.NoSuchNameException;
import dev.upkeep.checker.port.Resolver;
import dev.upkeep.checker.verdict.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LookupTest {
    private static final Executor DIRECT = Runnable::run;

    private static ProbeFailure failure(Resolver resolver, @Nullable Executor executor, AddressFamily family) {
        Lookup lookup = new Lookup(resolver, executor);
        return catchThrowableOfType(ProbeFailure.class, () -> lookup.all("shop.test", family, Duration.ofMillis(20)));
    }

    @Test
    void takesAResolverThatFailsForOneThatGaveNoAnswerWhereverItRuns() {
        Resolver broken = host -> {
            throw new IllegalArgumentException("no such zone file");
        };

        for (Executor executor : new Executor[] {null, DIRECT}) {
            ProbeFailure failure = failure(broken, executor, AddressFamily.ANY);

            assertThat(failure.reason()).isEqualTo(Reason.NAME_LOOKUP_FAILED);
            assertThat(failure.detail()).contains("shop.test", "no such zone file");
        }
    }

    @Test
    void takesNoAddressAtAllForNoName() {
        assertThat(failure(host -> List.of(), null, AddressFamily.IPV6).reason())
                .isEqualTo(Reason.NAME_NOT_FOUND);
    }

    @Test
    void takesANameForMissingOnlyWhereThatIsProven() {
        Resolver proven = host -> {
            throw new NoSuchNameException(host);
        };
        Resolver unexplained = host -> {
            throw new UnknownHostException(host + ": Der Name oder der Dienst ist nicht bekannt");
        };

        for (Executor executor : new Executor[] {null, DIRECT}) {
            assertThat(failure(proven, executor, AddressFamily.ANY).reason()).isEqualTo(Reason.NAME_NOT_FOUND);
            ProbeFailure failure = failure(unexplained, executor, AddressFamily.ANY);
            assertThat(failure.reason()).isEqualTo(Reason.NAME_LOOKUP_FAILED);
            assertThat(failure.detail())
                    .isEqualTo("no name server said that shop.test does not exist, and none gave an address "
                            + "(shop.test: Der Name oder der Dienst ist nicht bekannt)");
        }
    }

    @Test
    void namesTheFamilyThatIsMissing() {
        Resolver four = host -> List.of(InetAddress.getByName("192.0.2.1"));

        assertThat(failure(four, null, AddressFamily.IPV6).detail())
                .isEqualTo("shop.test has only [192.0.2.1], but IPv6 is wanted");
    }

    @Test
    void doesNotBlameTheNameServersForAnExecutorWithoutAThread() {
        ProbeFailure failure = failure(Resolver.system(), task -> {}, AddressFamily.ANY);

        assertThat(failure.reason()).isEqualTo(Reason.LOCAL_FAILURE);
        assertThat(failure.detail()).contains("had no thread to look up shop.test within 20 ms");
    }

    @Test
    void doesNotBlameTheNameServersForAnExecutorThatRefuses() {
        ProbeFailure failure = failure(
                Resolver.system(),
                task -> {
                    throw new RejectedExecutionException("full");
                },
                AddressFamily.ANY);

        assertThat(failure.reason()).isEqualTo(Reason.LOCAL_FAILURE);
    }
}
