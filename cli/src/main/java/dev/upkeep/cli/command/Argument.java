package dev.upkeep.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * An option or operand of a command, and after parsing what was given for it.
 *
 * @param <T> what its words stand for
 */
final class Argument<T> {

    private final ArgSpec spec;

    private Argument(ArgSpec spec) {
        this.spec = spec;
    }

    /** Starts an option, by its names: {@code -t}, {@code --timeout}. */
    static Words option(String... names) {
        return new Words(names);
    }

    /** A word that stands for itself, without a name before it. It may be left out where {@code arity} is {@code 0..1}. */
    static Argument<String> operand(String label, String arity, String help) {
        return operand(label, arity, help, List.of());
    }

    /** The same, with what shells offer as its value; files if that is nothing. */
    static Argument<String> operand(String label, String arity, String help, List<String> words) {
        return new Argument<>(positional(label, arity, help)
                .completionCandidates(words.isEmpty() ? null : words)
                .build());
    }

    /** All words behind the first one, also those that look like options if they stand behind {@code --}. */
    static Argument<List<String>> rest(String label, String help) {
        return new Argument<>(PositionalParamSpec.builder()
                .index("1..*")
                .paramLabel(label)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(help)
                .build());
    }

    /** A word behind the first one, that may be left out. */
    static Argument<String> secondOperand(String label, String help) {
        return new Argument<>(positional(label, "0..1", help).index("1").build());
    }

    private static PositionalParamSpec.Builder positional(String label, String arity, String help) {
        return PositionalParamSpec.builder()
                .index("0")
                .paramLabel(label)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(String.class)
                .description(help);
    }

    ArgSpec spec() {
        return spec;
    }

    /** What was given, if anything was. */
    Optional<T> value() {
        return Optional.ofNullable(spec.<T>getValue());
    }

    boolean isGiven() {
        return spec.getValue() != null;
    }

    /** An option of which the names are known, and not yet what it takes. */
    static final class Words {

        private final OptionSpec.Builder builder;

        private Words(String... names) {
            this.builder = OptionSpec.builder(names);
        }

        Words help(String text) {
            builder.description(text);
            return this;
        }

        /** What shells offer as its value. */
        Words completedBy(Iterable<String> words) {
            builder.completionCandidates(words);
            return this;
        }

        /** It is given or not. */
        Argument<Boolean> alone() {
            return new Argument<>(builder.build());
        }

        /** It shows the help of its command, and keeps the command from running. */
        Argument<Boolean> showingHelp() {
            return new Argument<>(builder.usageHelp(true).build());
        }

        Argument<String> taking(String label) {
            return valued(label, String.class);
        }

        /** It takes the name of a file, which shells then complete. */
        Argument<Path> takingFile() {
            return valued("FILE", Path.class);
        }

        /** It takes what a reader makes of a word; the reader refuses with an {@link IllegalArgumentException} that says what is expected. */
        <V> Argument<V> taking(String label, Function<String, V> reader) {
            builder.converters(word -> read(reader, word));
            return valued(label, String.class);
        }

        /** It may be given several times. */
        Argument<List<String>> takingEach(String label) {
            builder.auxiliaryTypes(String.class);
            return valued(label, List.class);
        }

        private <V> Argument<V> valued(String label, Class<?> type) {
            return new Argument<>(
                    builder.arity("1").paramLabel(label).type(type).build());
        }

        private static <V> V read(Function<String, V> reader, String word) {
            try {
                return reader.apply(word);
            } catch (IllegalArgumentException refused) {
                throw new TypeConversionException(refused.getMessage());
            }
        }
    }
}
