package dev.upkeep.infra.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.TemplateException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    void fillsVariablesWithoutEscaping() {
        assertThat(Template.of("t", "say {{word}};").render(Map.of("word", "\"<&>\"")))
                .isEqualTo("say \"<&>\";");
    }

    @Test
    void anUnsetVariableIsAnErrorThatNamesTemplateAndVariable() {
        assertThatThrownBy(() -> Template.of("greeting", "a\n{{who}}").render(Map.of()))
                .isInstanceOf(TemplateException.class)
                .hasMessage("Rendering template greeting failed: variable \"who\" is not set (line 2)");
    }

    @Test
    void anUnsetSectionIsAnErrorToo() {
        assertThatThrownBy(() -> Template.of("t", "{{#tls}}x{{/tls}}").render(Map.of()))
                .hasMessageContaining("\"tls\"");
        assertThatThrownBy(() -> Template.of("t", "{{^tls}}x{{/tls}}").render(Map.of()))
                .hasMessageContaining("\"tls\"");
    }

    @Test
    void aVariableInASectionThatIsOffNeedsNoValue() {
        assertThat(Template.of("t", "{{#tls}}{{key}}{{/tls}}").render(Map.of("tls", false)))
                .isEmpty();
        assertThatThrownBy(() -> Template.of("t", "{{#tls}}{{key}}{{/tls}}").render(Map.of("tls", true)))
                .hasMessageContaining("\"key\"");
    }

    @Test
    void anEmptyListRendersNothing() {
        assertThat(Template.of("t", "{{#all}}{{.}},{{/all}}").render(Map.of("all", List.of("a", "b"))))
                .isEqualTo("a,b,");
    }

    @Test
    void aMalformedOrMissingTemplateIsNamed() {
        assertThatThrownBy(() -> Template.of("broken", "{{#a}}").render(Map.of("a", true)))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("broken");
        assertThatThrownBy(() -> Template.beside(Template.class, "nginx/nothing"))
                .hasMessageContaining("nginx/nothing");
    }
}
