package dev.upkeep.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.RedirectPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import java.util.List;
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
    void leavesTheHeadersOfTheCheckBehindWhenARedirectLeadsToAnotherServer() throws InterruptedException {
        try (ScriptedServer other = ScriptedServer.start(Behaviour.version("1.0.6"))) {
            for (String host : List.of("localhost", "127.0.0.1")) {
                server.next(Behaviour.redirect(
                        "http://" + host + ":" + other.address().getPort() + "/"));

                checker.check(check().header("Authorization", "Bearer secret")
                        .header("X-Api-Key", "secret")
                        .redirectPolicy(RedirectPolicy.anyHost())
                        .build());
            }
            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request)
                            .contains("Authorization: Bearer secret", "X-Api-Key: secret")
                            .contains("Accept: */*"));
            assertThat(other.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request).doesNotContain("secret"));
        }
    }

    @Test
    void keepsTheHeadersOfTheCheckOnTheSameServer() throws InterruptedException {
        server.next(Behaviour.redirect("/elsewhere"));

        checker.check(check().header("accept", "text/plain")
                .redirectPolicy(RedirectPolicy.sameHost())
                .build());

        assertThat(server.requests().get(1))
                .startsWith("GET /elsewhere ")
                .contains("accept: text/plain")
                .doesNotContain("*/*");
    }

    /** The examples of RFC 3986, section 5.4, and what browsers make of what is no URI (WHATWG URL). */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "g        -> /b/c/g",
                "./g      -> /b/c/g",
                "g/       -> /b/c/g/",
                "/g       -> /g",
                "?y       -> /b/c/d;p?y",
                "g?y      -> /b/c/g?y",
                "#s       -> /b/c/d;p?q",
                "g#s      -> /b/c/g",
                ";x       -> /b/c/;x",
                "g;x?y#s  -> /b/c/g;x?y",
                "''       -> /b/c/d;p?q",
                ".        -> /b/c/",
                "..       -> /b/",
                "../g     -> /b/g",
                "../..    -> /",
                "../../../g -> /g",
                "/./g     -> /g",
                "/../g    -> /g",
                "g.       -> /b/c/g.",
                "..g      -> /b/c/..g",
                "./../g   -> /b/g",
                "g/./h    -> /b/c/g/h",
                "g?y/../x -> /b/c/g?y/../x",
                "a b      -> /b/c/a%20b",
                "'\\g'   -> /g",
                "/café -> /caf%C3%A9",
                "/%zz     -> /%zz",
            })
    void resolvesEveryKindOfReferenceAsBrowsersDo(String location, String asked) throws InterruptedException {
        server.next(Behaviour.redirect(location));
        VersionCheck check = VersionCheck.builder(server.uri().resolve("/b/c/d;p?q"), EXPECTED)
                .redirectPolicy(RedirectPolicy.sameHost())
                .build();

        assertThat(checker.check(check).status()).isEqualTo(Status.UP);

        assertThat(server.requests().get(1)).startsWith("GET " + asked + " ");
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
