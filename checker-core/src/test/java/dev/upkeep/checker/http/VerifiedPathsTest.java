package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.PemFiles;
import dev.upkeep.checker.http.VerifiedPaths.Question;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifiedPathsTest {
    private final VerifiedPaths paths = new VerifiedPaths();

    private static X509Certificate[] chain() throws Exception {
        return PemFiles.certificates(Path.of(
                        VerifiedPathsTest.class.getResource("cross-signed.pem").toURI()))
                .toArray(X509Certificate[]::new);
    }

    private static Question named(String host, X509Certificate[] chain) throws Exception {
        Question question = VerifiedPaths.question(chain, "UNKNOWN", new Socket());
        return new Question(question.certificates(), host, "TLSv1.3", question.keyExchange());
    }

    @Test
    void knowsAPathForTheNameOnlyForWhichItWasVerified() throws Exception {
        X509Certificate[] chain = chain();
        paths.add(named("www.example.test", chain), chain, List.of(chain[0], chain[3]));

        assertThat(paths.find(named("www.example.test", chain()), chain)).contains(List.of(chain[0], chain[3]));
        assertThat(paths.find(named("other.example.test", chain), chain)).isEmpty();
    }

    @Test
    void keepsNoPathWithACertificateThatWasNotSent() throws Exception {
        X509Certificate[] sent = {chain()[0]};
        paths.add(named("www.example.test", sent), sent, List.of(sent[0], chain()[3]));

        assertThat(paths.size()).isZero();
    }

    @Test
    void forgetsWhatWasNotAskedForLongest() throws Exception {
        X509Certificate[] chain = chain();
        for (int host = 0; host <= VerifiedPaths.MAXIMUM; host++) {
            paths.add(named("host-" + host, chain), chain, List.of(chain[0]));
        }

        assertThat(paths.size()).isEqualTo(VerifiedPaths.MAXIMUM);
        assertThat(paths.find(named("host-0", chain), chain)).isEmpty();
        assertThat(paths.find(named("host-1", chain), chain)).isPresent();
    }
}
