package dev.upkeep.infra.local;

import java.io.IOException;
import java.io.InputStream;

/** The head of an answer in HTTP/1.1, for clients on raw sockets, which never ask again by themselves. */
public final class ResponseHead {

    private ResponseHead() {}

    /** Up to the empty line before the body, which is left unread; shorter if the connection ends before. */
    public static String read(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = input.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
