package dev.upkeep.infra.failure;

/**
 * A part of a stack did not come to be as it should within its time. If several failed, it is the first: the others are
 * usually its consequences.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class ResourceFailedException extends InfraException {

    private final String resource;
    private final String problem;
    private final String logTail;

    /**
     * Says what failed and shows the end of its log.
     *
     * @param resource what failed, such as {@code instance i1}
     * @param problem what was tried and found
     * @param logTail the last lines of its log, possibly empty
     */
    public ResourceFailedException(String resource, String problem, String logTail) {
        super(resource + " failed: " + problem + (logTail.isEmpty() ? "" : "; its log ends with:\n" + logTail));
        this.resource = resource;
        this.problem = problem;
        this.logTail = logTail;
    }

    /**
     * What failed.
     *
     * @return what failed, such as {@code instance i1}
     */
    public String resource() {
        return resource;
    }

    /**
     * What was tried and found.
     *
     * @return what was tried and found
     */
    public String problem() {
        return problem;
    }

    /**
     * The end of its log.
     *
     * @return the last lines of its log, possibly empty
     */
    public String logTail() {
        return logTail;
    }
}
