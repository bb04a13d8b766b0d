package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.system.command.Upkeep;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * {@code cli/pom.xml} leaves out of {@code upkeep.jar} what no call reaches. All classes that the code of Upkeep refers to, and those that these
 * refer to, must be in it, as far as they are among the dependencies at all.
 */
class JarContentsSystemTest {
    /** Clients of AWS: they name all operations, of which Upkeep calls few. */
    private static final Pattern CLIENT =
            Pattern.compile("software/amazon/awssdk/services/[^/]+/(\\w*Client|internal/warmup/.*)");

    /** What belongs to one operation only, and so is needed only if that is called. Errors are of all operations. */
    private static final Pattern OF_AN_OPERATION = Pattern.compile("software/amazon/awssdk/services/[^/]+/"
            + "((model|transform|paginators|waiters)/(?!\\w+Exception).*|[A-Z]\\w*Async.*)");

    /** What the JVM loads when it verifies a client. */
    private static final Pattern REQUEST = Pattern.compile(".*/model/\\w+Request");

    private static final Pattern CALLED = Pattern.compile("(.*)/model/(\\w+)(Request|Response)(\\$.*)?");

    /** The protocol of its resources. */
    private static final String JDK = "jrt";

    private final Set<String> seen = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Map<String, String> leftOut = new TreeMap<>();

    @Test
    void everyClassThatUpkeepReachesIsInTheJar() throws IOException {
        try (ZipFile jar = new ZipFile(Upkeep.JAR.toFile())) {
            jar.stream()
                    .map(entry -> entry.getName().replaceFirst("\\.class$", ""))
                    .filter(name ->
                            name.matches("dev/upkeep/.*|software/amazon/awssdk/services/[^/]+/Default\\w*Client"))
                    .forEach(name -> reach(name, "the jar"));
            while (!open.isEmpty()) {
                follow(open.pop(), jar);
            }
        }

        assertThat(leftOut).as("left out by cli/pom.xml, but used by").isEmpty();
        assertThat(seen)
                .contains("software/amazon/awssdk/services/ssm/transform/GetParameterRequestMarshaller")
                .hasSizeGreaterThan(5000);
    }

    private void reach(String name, String by) {
        if (seen.add(name)) {
            URL there = ClassLoader.getSystemResource(name + ".class");
            if (there != null && !there.getProtocol().equals(JDK)) {
                open.push(name);
                leftOut.put(name, by);
            }
        }
    }

    private void follow(String name, ZipFile jar) throws IOException {
        ZipEntry entry = jar.getEntry(name + ".class");
        if (entry == null) {
            return;
        }
        leftOut.remove(name);
        boolean isClient = CLIENT.matcher(name).matches();
        try (InputStream file = jar.getInputStream(entry)) {
            for (String used : ClassReferences.in(file)) {
                if (!isClient || !OF_AN_OPERATION.matcher(used).matches()) {
                    reach(used, name);
                } else if (REQUEST.matcher(used).matches() && jar.getEntry(used + ".class") == null) {
                    leftOut.put(used, name);
                }
            }
        }
        ofTheSameOperation(name);
    }

    /** A client finds by itself what turns a request into bytes, and bytes into an answer. */
    private void ofTheSameOperation(String name) {
        Matcher called = CALLED.matcher(name);
        if (called.matches()) {
            reach(called.group(1) + "/model/" + called.group(2) + "Request", name);
            reach(called.group(1) + "/model/" + called.group(2) + "Response", name);
            reach(called.group(1) + "/transform/" + called.group(2) + "RequestMarshaller", name);
        }
    }
}
