package dev.upkeep.infra.failure;

/**
 * The port that the spec asks for belongs to another process. Nothing was changed.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class PortTakenException extends InfraException {

    private final int port;
    private final String holder;

    /**
     * Says which port is taken and by whom.
     *
     * @param port the port, 1 to 65535
     * @param holder who listens on it, or an empty text if that cannot be found out
     */
    public PortTakenException(int port, String holder) {
        super("Tried to listen on 127.0.0.1:" + port + ", found it taken"
                + (holder.isEmpty() ? "" : " by " + holder)
                + "; free it or choose another edge port in the spec");
        this.port = port;
        this.holder = holder;
    }

    /**
     * Which port is taken.
     *
     * @return the port, 1 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * Who has it.
     *
     * @return who listens on it, or an empty text if that cannot be found out
     */
    public String holder() {
        return holder;
    }
}
