package dev.upkeep.cli.graph;

import dev.upkeep.infra.plan.Action;
import java.util.Locale;

/**
 * What happens to a part, and how that is shown: by a sign and a word, which are those of plans in text, by colours, and by the kind of line
 * around it. The colours of text have a contrast of at least 7 to 1 against those of the box, as WCAG 2.2 (1.4.6) wants it.
 */
enum Fate {
    CREATE("+", "#dafbe1 #1a7f37 #0a3d19", "#12361f #3fb950 #d3f9dc", ""),
    ADOPT("+", "#dafbe1 #1a7f37 #0a3d19", "#12361f #3fb950 #d3f9dc", ""),
    UPDATE("~", "#fff8c5 #9a6700 #4a3200", "#3b2e0a #d29922 #fbefc0", ""),
    RESTART("~", "#fff8c5 #9a6700 #4a3200", "#3b2e0a #d29922 #fbefc0", ""),
    REPLACE("\u00b1", "#ffe2cc #bc4c00 #5c2200", "#4a2409 #f0883e #ffe3cf", "7 3"),
    DELETE("-", "#ffebe9 #cf222e #660c12", "#471318 #ff7b72 #ffdcd7", "3 3"),
    UNCHANGED("=", "#f6f8fa #818b98 #33393f", "#21262d #8b949e #d5dce3", "");

    private final String sign;
    private final String light;
    private final String dark;
    private final String dashes;

    Fate(String sign, String light, String dark, String dashes) {
        this.sign = sign;
        this.light = light;
        this.dark = dark;
        this.dashes = dashes;
    }

    /** Of a box: what fills it, its border, and the text in it. */
    record Colours(String fill, String border, String text) {

        private static Colours of(String three) {
            String[] each = three.split(" ", -1);
            return new Colours(each[0], each[1], each[2]);
        }
    }

    static Fate of(Action action) {
        return valueOf(action.name());
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Such as {@code + create}. */
    String label() {
        return sign + " " + word();
    }

    Colours onLight() {
        return Colours.of(light);
    }

    Colours onDark() {
        return Colours.of(dark);
    }

    /** The pattern of the border, as {@code stroke-dasharray} wants it; empty for a solid one. */
    String dashes() {
        return dashes;
    }
}
