package dev.upkeep.cli.config;

import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.infra.spec.NginxLimits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what nginx allows one request. */
final class NginxSection {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(MB|GB)");

    private static final int MEGABYTES_PER_GIGABYTE = 1024;

    private NginxSection() {}

    static NginxLimits read(Section nginx) {
        NginxLimits standard = NginxLimits.standard();
        NginxLimits limits = nginx.parsed("max-body", text -> standard.bodiesUpTo(megabytes(text)))
                .orElse(standard);
        return nginx.parsed("answer-within", text -> limits.answersWithin(Durations.parse(text)))
                .orElse(limits);
    }

    private static int megabytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a size; write a whole number and its unit, such as 20MB or 1GB");
        }
        int number = Integer.parseInt(size.group(1));
        return size.group(2).equals("GB") ? number * MEGABYTES_PER_GIGABYTE : number;
    }
}
