package dev.upkeep.infra.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.upkeep.infra.failure.MissingToolException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

    @Test
    void findsServersThatAreNotOnAnOrdinaryUsersPath() {
        assertThat(Programs.usualFolders("/home/me/bin:relative::/usr/bin"))
                .startsWith(Path.of("/home/me/bin"), Path.of("/usr/bin"))
                .contains(Path.of("/usr/sbin"))
                .doesNotContain(Path.of("relative"), Path.of(""))
                .doesNotHaveDuplicates();
    }

    @Test
    void namesAllMissingProgramsAndTheOneCommandThatInstallsThem(@TempDir Path empty) {
        MissingToolException missing = catchThrowableOfType(
                MissingToolException.class, () -> new Programs(List.of(empty)).require(List.of("nginx", "haproxy")));

        assertThat(missing.tools()).containsExactly("nginx", "haproxy");
        assertThat(missing.installCommand()).endsWith(" nginx haproxy");
        assertThat(missing).hasMessageContaining("run: " + missing.installCommand());
    }
}
