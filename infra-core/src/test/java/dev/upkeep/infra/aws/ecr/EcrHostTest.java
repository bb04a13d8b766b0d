package dev.upkeep.infra.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EcrHostTest {

    @Test
    void readsAccountAndRegionFromEveryKindOfName() {
        for (String name : new String[] {
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
            "123456789012.dkr.ecr-fips.eu-west-1.amazonaws.com",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com.cn",
            "123456789012.dkr-ecr.eu-west-1.on.aws",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com:8443"
        }) {
            assertThat(EcrHost.parse(name)).contains(new EcrHost("123456789012", "eu-west-1"));
        }
    }

    @Test
    void knowsNoOtherRegistry() {
        for (String name : new String[] {
            "public.ecr.aws",
            "docker.io",
            "127.0.0.1:5000",
            "12345678901.dkr.ecr.eu-west-1.amazonaws.com",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com.example.org",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.org",
            "x123456789012.dkr.ecr.eu-west-1.amazonaws.com"
        }) {
            assertThat(EcrHost.parse(name)).isEmpty();
        }
    }
}
