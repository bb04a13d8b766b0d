package dev.upkeep.infra.local.probe;

/**
 * What a port answered to one request.
 *
 * @param status the HTTP status, or 0 if there was no answer
 * @param body what it said, at most a few hundred characters
 * @param problem why there was no answer, empty if there was one
 * @param hung whether somebody took the connection but did not answer in time
 */
public record Answer(int status, String body, String problem, boolean hung) {

    /**
     * Whether an HTTP server answered at all.
     *
     * @return true for any status
     */
    public boolean arrived() {
        return status != 0;
    }

    /**
     * Whether the answer says exactly this.
     *
     * @param text what is expected
     * @return true for status 200 with that body
     */
    public boolean says(String text) {
        return status == 200 && body.equals(text);
    }
}
