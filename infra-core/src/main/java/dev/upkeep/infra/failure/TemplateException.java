package dev.upkeep.infra.failure;

import org.jspecify.annotations.Nullable;

/**
 * A configuration template could not be rendered: a variable is unset, or the template is missing or malformed.
 */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class TemplateException extends InfraException {

    private final String template;
    private final String problem;

    /**
     * Says which template and what is wrong.
     *
     * @param template the template's name
     * @param problem what is wrong, with the variable's name if one is unset
     * @param cause what made it fail, or null if nothing else did
     */
    public TemplateException(String template, String problem, @Nullable Throwable cause) {
        super("Rendering template " + template + " failed: " + problem, cause);
        this.template = template;
        this.problem = problem;
    }

    /**
     * Which template.
     *
     * @return the template's name
     */
    public String template() {
        return template;
    }

    /**
     * What is wrong with it.
     *
     * @return what is wrong, with the variable's name if one is unset
     */
    public String problem() {
        return problem;
    }
}
