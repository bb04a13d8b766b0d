package dev.upkeep.remediation.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import net.schmizz.sshj.SSHClient;

/** A connection that has let us in. Safe for use by several threads. */
final class LiveConnection implements Closeable {
    private final SSHClient client;
    private final Resources resources;
    private final Duration longest;

    LiveConnection(SSHClient client, Resources resources, Duration longest) {
        this.client = client;
        this.resources = resources;
        this.longest = longest;
    }

    boolean isAlive() {
        return client.isConnected();
    }

    /** A channel that is not open yet. */
    CommandChannel channel(int characters) {
        return new CommandChannel(client.getConnection(), characters);
    }

    /** See {@link CommandChannel#openWithin}. Throws if the connection has ended, and closes it. */
    boolean open(CommandChannel channel) throws IOException, InterruptedException {
        try {
            return channel.openWithin(longest);
        } catch (IOException e) {
            resources.abort();
            throw e;
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
