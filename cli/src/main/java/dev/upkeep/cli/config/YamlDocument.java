package dev.upkeep.cli.config;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads YAML text into nodes that know their positions. Accepts one document of keys and values, without aliases. */
final class YamlDocument {

    private static final LoaderOptions OPTIONS = new LoaderOptions();

    private final Problems problems;

    private YamlDocument(Problems problems) {
        this.problems = problems;
    }

    /** The keys and values of the whole text, or nothing if there is a problem with its form. */
    static Optional<MappingNode> parse(String text, Problems problems) {
        try {
            return new YamlDocument(problems).root(text);
        } catch (AliasException e) {
            problems.add(Position.of(e.getProblemMark()), "aliases (*name) are not supported; write the value out");
            return Optional.empty();
        } catch (MarkedYAMLException e) {
            String found = Stream.of(e.getContext(), e.getProblem())
                    .filter(part -> part != null)
                    .collect(Collectors.joining(", "));
            problems.add(Position.of(e.getProblemMark()), "this is not YAML: " + found);
            return Optional.empty();
        } catch (YAMLException e) {
            String found = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            problems.add(Position.START, "this is not YAML: " + found);
            return Optional.empty();
        }
    }

    private Optional<MappingNode> root(String text) {
        Composer composer = new Composer(new AliasFreeParser(new StreamReader(text)), new Resolver(), OPTIONS);
        if (!composer.checkNode()) {
            problems.add(Position.START, "the file is empty; upkeep init writes one to start from");
            return Optional.empty();
        }
        Node root = composer.getNode();
        if (composer.checkNode()) {
            problems.add(
                    Position.of(composer.getNode().getStartMark()),
                    "a second document begins here; one file describes one stack");
        }
        if (root instanceof MappingNode mapping) {
            return Optional.of(mapping);
        }
        problems.add(Position.of(root.getStartMark()), "expected are keys and values, such as stack: shop");
        return Optional.empty();
    }

    /** The composer would put the node itself in place of an alias, and its place would be lost. */
    private static final class AliasFreeParser extends ParserImpl {

        AliasFreeParser(StreamReader reader) {
            super(reader, OPTIONS);
        }

        @Override
        public Event getEvent() {
            Event event = super.getEvent();
            if (event instanceof AliasEvent) {
                throw new AliasException(event.getStartMark());
            }
            return event;
        }
    }

    /** Ends the reading at an alias. */
    @SuppressWarnings("serial") // thrown and caught within one method, never stored
    private static final class AliasException extends MarkedYAMLException {

        AliasException(Mark mark) {
            super(null, null, "found an alias", mark);
        }
    }
}
