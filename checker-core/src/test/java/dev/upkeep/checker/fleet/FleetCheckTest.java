package dev.upkeep.checker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;

class FleetCheckTest {
    private static final VersionCheck EDGE =
            VersionCheck.of(URI.create("https://www.example.org/version.txt"), ExpectedVersion.exactly("1.0.6"));
    private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("10.0.0.1", 443);

    @Test
    void refusesAnotherEdgeThanTheOneItsOriginsAreAskedAs() {
        FleetCheck.Builder fleet = FleetCheck.builder().edge(EDGE).origin("i-1", ADDRESS);
        VersionCheck other = EDGE.toBuilder().header("X-Team", "shop").build();

        assertThat(fleet.edge(EDGE)).isSameAs(fleet);
        assertThatThrownBy(() -> fleet.edge(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("set the edge first");
        assertThatThrownBy(() -> FleetCheck.builder().origin("i-1", ADDRESS))
                .hasMessageContaining("set the edge before");
    }

    @Test
    void canAskAllAddressesOneAfterTheOther() {
        FleetCheck fleet = FleetCheck.allAddresses(EDGE).withConcurrency(1);

        assertThat(fleet.concurrency()).isEqualTo(1);
        assertThat(fleet.spread()).isEqualTo(FleetCheck.Spread.ALL_ADDRESSES);
        assertThat(fleet.edge()).contains(EDGE);
        assertThatThrownBy(() -> fleet.withConcurrency(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToAskAllAddressesOfWhatIsDialledElsewhere() {
        assertThatThrownBy(() -> FleetCheck.allAddresses(EDGE.dialling(ADDRESS)))
                .hasMessageContaining("names another to dial");
        assertThatThrownBy(() -> FleetCheck.builder().build()).hasMessageContaining("without edge and origins");
    }

    @Test
    void isEqualToOneOfTheSameQuestionsAndSaysWhichTheyAre() {
        FleetCheck fleet =
                FleetCheck.builder().edge(EDGE).origin("i-1", ADDRESS).build();

        assertThat(fleet)
                .isEqualTo(
                        FleetCheck.builder().edge(EDGE).origin("i-1", ADDRESS).build())
                .isNotEqualTo(FleetCheck.builder().edge(EDGE).build())
                .isNotEqualTo(fleet.withConcurrency(1));
        assertThat(fleet.toString()).contains("www.example.org", "[i-1]", "16 at a time");
    }
}
