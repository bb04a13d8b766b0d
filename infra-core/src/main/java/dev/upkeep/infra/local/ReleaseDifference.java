package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In which fields two releases differ, as a plan shows it, and what users notice of changing one for the other. */
final class ReleaseDifference {

    private static final String MAX_BODY = "max-body";
    private static final String ANSWER_WITHIN = "answer-within";

    private ReleaseDifference() {}

    /** Of what does not exist yet only those limits are shown that somebody set. */
    static List<FieldChange> fromNothing(String version, Release next) {
        Map<String, String> wanted = fields(next);
        NginxLimits standard = NginxLimits.standard();
        wanted.remove(MAX_BODY, body(standard));
        wanted.remove(ANSWER_WITHIN, seconds(standard.answerWithin()));
        return FieldChange.between(Map.of("version", version), wanted);
    }

    static List<FieldChange> between(Release present, Release next) {
        return FieldChange.between(fields(present), fields(next));
    }

    private static Map<String, String> fields(Release release) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("version", release.version());
        fields.put("site", site(release));
        fields.put("web", web(release));
        fields.put("app", release.application().describe());
        fields.putAll(release.environment().fields());
        fields.put(MAX_BODY, body(release.nginx()));
        fields.put(ANSWER_WITHIN, seconds(release.nginx().answerWithin()));
        return fields;
    }

    static Optional<FieldChange> differ(String field, String from, String to) {
        return from.equals(to) ? Optional.empty() : Optional.of(new FieldChange(field, from, to));
    }

    /** With images the site is a part of the web image. */
    private static String site(Release release) {
        return release.containers().isPresent() ? "" : release.site().orElse("none");
    }

    static String web(Release release) {
        return release.containers()
                .map(containers -> "image " + containers.web().briefDigest().orElseThrow() + network(containers))
                .orElse("");
    }

    private static String network(Release.Containers containers) {
        return containers.network().equals(LocalSettings.DEFAULT_NETWORK)
                ? ""
                : " in the network " + containers.network();
    }

    private static String body(NginxLimits limits) {
        return limits.maxBodyMegabytes() + "MB";
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }

    /** What users notice while an instance goes from one release to another. */
    static Impact rolling(Shape shape, Release present, Release next) {
        Impact impact = shape == Shape.SINGLE ? swapping(present, next) : draining(present, next);
        List<String> refused = new ArrayList<>();
        if (next.nginx().maxBodyMegabytes() < present.nginx().maxBodyMegabytes()) {
            refused.add("bodies of more than " + body(next.nginx()) + " are refused then");
        }
        if (next.nginx().answerWithin().compareTo(present.nginx().answerWithin()) < 0) {
            refused.add("answers that take more than " + seconds(next.nginx().answerWithin()) + " are given up then");
        }
        return refused.isEmpty()
                ? impact
                : Impact.possibleErrors(impact.sentence() + "; " + String.join(", and ", refused));
    }

    private static Impact swapping(Release present, Release next) {
        boolean reloads = present.containers().isEmpty()
                || next.containers().isEmpty()
                || !present.nginx().equals(next.nginx());
        return reloads
                ? Impact.possibleErrors(
                        "it is swapped by a reload of nginx, which cuts what takes longer than 5 s; before nginx"
                                + " 1.27.4 a connection that was kept may lose a request")
                : Impact.none("it is swapped while it serves");
    }

    private static Impact draining(Release present, Release next) {
        return present.nginx().answerWithin().equals(next.nginx().answerWithin())
                ? Impact.none("it is drained first, and the others serve")
                : Impact.possibleErrors(
                        "the load balancer takes over the new time, and cuts what takes longer than 5 s then");
    }
}
