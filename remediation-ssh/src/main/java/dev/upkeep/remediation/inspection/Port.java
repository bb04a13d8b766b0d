package dev.upkeep.remediation.inspection;

import java.util.List;

/** Who listens on the port of a web server. */
final class Port {

    private final Facts facts;
    private final int number;
    private final List<Listener> listeners;

    Port(Facts facts, int number) {
        this.facts = facts;
        this.number = number;
        this.listeners = Listener.of(facts);
    }

    int number() {
        return number;
    }

    /** Those whom this user is told; only the administrator is told all. */
    List<Listener> listeners() {
        return listeners;
    }

    /** False where nobody could find that out. */
    boolean isKnown() {
        return facts.first("ss").isPresent();
    }

    boolean isListenedTo() {
        return !facts.all("listener").isEmpty();
    }

    /** Whether somebody listens, and this user is not told who. */
    boolean isListenedToBySomebody() {
        return isListenedTo() && listeners.isEmpty();
    }

    boolean isNginxs() {
        return listeners.stream().anyMatch(Listener::isNginx);
    }

    /** The pids of workers of an nginx without a master. Each has to be seen as a worker: what nobody sees may be a master. */
    List<String> orphans() {
        List<String> pids = listeners.stream().map(Listener::pid).toList();
        return pids.stream().allMatch(this::isWorker) ? pids : List.of();
    }

    private boolean isWorker(String pid) {
        return facts.all("process").stream()
                .anyMatch(line -> line.startsWith(pid + "\t") && line.contains("nginx: worker"));
    }
}
