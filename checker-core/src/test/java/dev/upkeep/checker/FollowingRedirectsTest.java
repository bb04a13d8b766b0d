package dev.upkeep.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowingRedirectsTest extends AgainstScriptedServer {
    @Test
    void saysWhereARedirectPointsToAndDoesNotFollow() throws InterruptedException {
        Attempt attempt = attempt(Behaviour.redirect("/elsewhere"));

        assertThat(attempt.reason()).contains(Reason.REDIRECTED);
        assertThat(attempt.redirects()).containsExactly(server.uri().resolve("/elsewhere"));
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void followsARedirectOnTheSameHostWhenTold() throws InterruptedException {
        server.next(Behaviour.redirect("/elsewhere"));

        Verdict verdict =
                checker.check(check().redirectPolicy(RedirectPolicy.sameHost()).build());

        assertThat(verdict.status()).isEqualTo(Status.UP);
        assertThat(server.requests().get(1)).startsWith("GET /elsewhere ");
    }

    @Test
    void doesNotFollowToAnotherHostUnlessTold() throws InterruptedException {
        server.next(Behaviour.redirect("http://localhost:" + server.address().getPort() + "/"));

        Verdict verdict =
                checker.check(check().redirectPolicy(RedirectPolicy.sameHost()).build());

        assertThat(verdict.reason()).contains(Reason.REDIRECT_REFUSED);
    }

    @Test
    void leavesCredentialsBehindWhenARedirectLeadsToAnotherHost() throws InterruptedException {
        server.next(Behaviour.redirect("http://localhost:" + server.address().getPort() + "/"));

        checker.check(check().header("Authorization", "Bearer secret")
                .header("X-Team", "shop")
                .redirectPolicy(RedirectPolicy.anyHost())
                .build());

        assertThat(server.requests().get(0)).contains("Authorization: Bearer secret");
        assertThat(server.requests().get(1)).doesNotContain("secret").contains("X-Team: shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:99999/",
                "http://",
                "//",
                "ftp://127.0.0.1/",
                "http://me:pw@127.0.0.1/",
                "http://[::1/"
            })
    void takesARedirectToNowhereForARefusedOneAndNotForAFaultOfTheCaller(String location) throws InterruptedException {
        server.next(Behaviour.redirect(location));

        Verdict verdict =
                checker.check(check().redirectPolicy(RedirectPolicy.anyHost()).build());

        assertThat(verdict.reason()).contains(Reason.REDIRECT_REFUSED);
    }

    @Test
    void doesNotRunInCircles() throws InterruptedException {
        server.usually(Behaviour.redirect("/again"));

        Verdict verdict =
                checker.check(check().redirectPolicy(RedirectPolicy.sameHost()).build());

        assertThat(verdict.reason()).contains(Reason.REDIRECT_REFUSED);
        assertThat(server.connections()).isEqualTo(6);
    }

    /** RFC 9110, section 15.4. */
    @ParameterizedTest
    @CsvSource({"301,GET", "302,GET", "303,GET", "307,POST", "308,POST"})
    void repeatsAPostOnlyWhereTheServerAsksForIt(int status, String method) throws InterruptedException {
        server.next(Behaviour.reply(status, "Location: /elsewhere\r\n", ""));

        checker.check(
                check().method("POST").redirectPolicy(RedirectPolicy.sameHost()).build());

        assertThat(server.requests().get(1)).startsWith(method + " /elsewhere ");
    }
}
