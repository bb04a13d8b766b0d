package dev.upkeep.infra.local.haproxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How HAProxy sees one server.
 *
 * @param name its name
 * @param status such as {@code UP}, {@code DOWN 1/2} or {@code DRAIN}
 * @param requests how many requests it is serving
 */
record ServerStats(String name, String status, int requests) {

    /** HAProxy management guide, 9.1: the first line names the columns, and columns are only ever added. */
    static List<ServerStats> parse(String csv, String backend) {
        List<String> lines = csv.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> columns = columns(lines.get(0));
        List<ServerStats> servers = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (cell(cells, columns, "pxname").equals(backend)
                    && !cell(cells, columns, "svname").equals("BACKEND")) {
                servers.add(new ServerStats(
                        cell(cells, columns, "svname"),
                        cell(cells, columns, "status"),
                        number(cell(cells, columns, "scur"))));
            }
        }
        return servers;
    }

    private static Map<String, Integer> columns(String header) {
        Map<String, Integer> columns = new HashMap<>();
        for (String name : header.replace("# ", "").split(",", -1)) {
            columns.put(name, columns.size());
        }
        return columns;
    }

    private static String cell(String[] cells, Map<String, Integer> columns, String name) {
        return Optional.ofNullable(columns.get(name))
                .filter(index -> index < cells.length)
                .map(index -> cells[index])
                .orElse("");
    }

    private static int number(String text) {
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    boolean isUp() {
        return status.equals("UP") || status.equals("no check");
    }
}
