package dev.upkeep.infra.local.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerStatsTest {

    @Test
    void findsColumnsByTheirNamesAndLeavesOutTheSums() {
        String csv = """
                # svname,pxname,new,status,scur,
                FRONTEND,edge,,OPEN,7,
                i1,web,,UP,2,
                i2,web,,DRAIN,0,
                i3,web,,DOWN 1/2,,
                BACKEND,web,,UP,2,
                """;

        assertThat(ServerStats.parse(csv, "web"))
                .containsExactly(
                        new ServerStats("i1", "UP", 2),
                        new ServerStats("i2", "DRAIN", 0),
                        new ServerStats("i3", "DOWN 1/2", 0));
    }

    @Test
    void onlyAPlainUpIsUp() {
        assertThat(new ServerStats("i1", "UP", 0).isUp()).isTrue();
        assertThat(new ServerStats("i1", "UP 1/2", 0).isUp()).isFalse();
        assertThat(new ServerStats("i1", "DRAIN", 0).isUp()).isFalse();
    }

    @Test
    void nothingIsNothing() {
        assertThat(ServerStats.parse("", "web")).isEmpty();
    }
}
