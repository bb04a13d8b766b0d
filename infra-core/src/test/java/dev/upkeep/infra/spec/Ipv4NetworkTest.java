package dev.upkeep.infra.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.upkeep.infra.image.reference.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4NetworkTest {

    @ParameterizedTest
    @ValueSource(strings = {"10.20.0.0/16", "0.0.0.0/0", "198.51.100.7/32", "192.168.128.0/17"})
    void isWrittenAsItWasRead(String text) {
        assertThat(Ipv4Network.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.1/16, begins at 10.20.0.0/16",
        "256.0.0.0/8,  each part is at most 255",
        "10.0.0.0/33,  behind the slash is at most 32",
        "10.0.0.0,     write it like 10.20.0.0/16",
        "::1/128,      write it like 10.20.0.0/16",
    })
    void refusesWhatIsNone(String text, String hint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4Network.parse(text))
                .withMessageContaining(hint);
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16,   true",
        "172.16.0.0/12,  true",
        "172.31.0.0/16,  true",
        "172.32.0.0/16,  false",
        "192.168.0.0/20, true",
        "192.169.0.0/20, false",
        "198.51.100.0/24, false",
    })
    void knowsThePrivateOnes(String text, boolean isPrivate) {
        assertThat(Ipv4Network.parse(text).isPrivate()).isEqualTo(isPrivate);
    }

    @Test
    void isDividedIntoEqualParts() {
        Ipv4Network whole = Ipv4Network.parse("192.168.240.0/20");

        assertThat(whole.part(4, 0)).hasToString("192.168.240.0/24");
        assertThat(whole.part(4, 15)).hasToString("192.168.255.0/24");
        assertThatIllegalArgumentException().isThrownBy(() -> whole.part(4, 16));
    }

    @ParameterizedTest
    @CsvSource({
        "t3.micro,     AMD64, true",
        "t4g.micro,    ARM64, true",
        "m7g.large,    ARM64, false",
        "c7gn.xlarge,  ARM64, false",
        "im4gn.large,  ARM64, false",
        "a1.medium,    ARM64, false",
        "g4dn.xlarge,  AMD64, false",
        "g5g.xlarge,   ARM64, false",
        "c7i-flex.large, AMD64, false",
        "x2idn.16xlarge, AMD64, false",
    })
    void theNameOfATypeSaysWhatItsProcessorIs(String name, Architecture architecture, boolean burstable) {
        assertThat(new InstanceType(name).architecture()).isEqualTo(architecture);
        assertThat(new InstanceType(name).isBurstable()).isEqualTo(burstable);
    }
}
