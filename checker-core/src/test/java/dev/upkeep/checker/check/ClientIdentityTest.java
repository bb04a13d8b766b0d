package dev.upkeep.checker.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdentityTest {
    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void refusesAKeyThatIsNotThatOfTheCertificate(String algorithm) throws Exception {
        Path file = Path.of(ClientIdentityTest.class
                .getResource("/dev/upkeep/checker/http/expired-middle.pem")
                .toURI());
        List<X509Certificate> chain = PemFiles.certificates(file);
        PrivateKey another =
                KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();

        assertThatThrownBy(() -> ClientIdentity.of(chain, another))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("they do not belong together");
    }
}
