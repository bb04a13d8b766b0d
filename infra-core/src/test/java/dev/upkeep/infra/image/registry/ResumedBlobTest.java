package dev.upkeep.infra.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ResumedBlobTest {

    private static final byte[] CONTENT = {1, 2, 3, 4, 5};

    private int opened;

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("closed");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("closed");
        }
    }

    /** Breaks after three bytes, so many times. */
    private ResumedBlob breaking(int times) throws InterruptedException {
        return new ResumedBlob(
                () -> {
                    opened++;
                    return opened > times
                            ? new ByteArrayInputStream(CONTENT)
                            : new SequenceInputStream(new ByteArrayInputStream(CONTENT, 0, 3), new Broken());
                },
                broken -> new RegistryException("r", OptionalInt.empty(), "broken off", broken));
    }

    @Test
    void goesOnWhereItBrokeOff() throws IOException, InterruptedException {
        assertThat(breaking(0).readAllBytes()).isEqualTo(CONTENT);
        assertThat(opened).isEqualTo(1);
        opened = 0;
        assertThat(breaking(2).readAllBytes()).isEqualTo(CONTENT);
        assertThat(opened).isEqualTo(3);
    }

    @Test
    void givesUpWhenItBreaksOffAgainAndAgain() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> breaking(3).readAllBytes())
                .withMessage("broken off");
    }
}
