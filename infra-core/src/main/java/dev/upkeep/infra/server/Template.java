package dev.upkeep.infra.server;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import dev.upkeep.infra.failure.TemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One configuration template. Nothing is escaped and nothing may be unset: a variable or section without a value is an
 * error. Immutable.
 */
public final class Template {

    private final String name;
    private final String text;
    private final Mustache.Compiler compiler;

    private Template(String name, String text, Mustache.Compiler compiler) {
        this.name = name;
        this.text = text;
        this.compiler = compiler;
    }

    /**
     * A template that lies beside a class.
     *
     * @param owner the class
     * @param name folder below that of the class, if any, and name without the suffix, such as {@code nginx/nginx.conf};
     *     its parts are looked for in the same folder
     * @return the template
     * @throws TemplateException if there is none of that name
     */
    public static Template beside(Class<?> owner, String name) {
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        return new Template(name, load(owner, name), strict(part -> new StringReader(load(owner, folder + part))));
    }

    /**
     * A template from text.
     *
     * @param name what messages call it
     * @param text the template, without parts
     * @return the template
     */
    public static Template of(String name, String text) {
        return new Template(name, text, strict(part -> {
            throw new TemplateException(name, "it has no part " + part, null);
        }));
    }

    private static Mustache.Compiler strict(Mustache.TemplateLoader parts) {
        return Mustache.compiler()
                .escapeHTML(false)
                .strictSections(true)
                .emptyStringIsFalse(true)
                .withLoader(parts);
    }

    /**
     * Fills the template.
     *
     * @param values a value for every variable and section that is reached
     * @return the text
     * @throws TemplateException if a variable is unset or the template is malformed
     */
    public String render(Map<String, ?> values) {
        try {
            return compiler.compile(text).execute(values);
        } catch (MustacheException.Context unset) {
            throw new TemplateException(
                    name, "variable \"" + unset.key + "\" is not set (line " + unset.lineNo + ")", unset);
        } catch (MustacheException malformed) {
            throw new TemplateException(name, String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static String load(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name + ".mustache")) {
            if (stream == null) {
                throw new TemplateException(name, "there is no such template", null);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to read template " + name + " from the jar", e);
        }
    }
}
