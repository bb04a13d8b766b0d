package dev.upkeep.infra.inventory;

import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.spec.AppHealth;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The application behind nginx, as a value: two are equal only if the same thing runs. */
public sealed interface Application {

    /** There is none: nginx serves files only. */
    record None() implements Application {}

    /**
     * The sample application that comes with Upkeep.
     *
     * @param health how it says that it can serve users
     */
    record Sample(AppHealth health) implements Application {}

    /**
     * A program of the machine.
     *
     * @param command the program and its arguments, not empty
     * @param folder its working directory
     * @param health how it says that it can serve users
     */
    record Command(List<String> command, Path folder, AppHealth health) implements Application {

        /** Copies the list. */
        public Command {
            command = List.copyOf(command);
        }
    }

    /**
     * A container image.
     *
     * @param reference its name, with the digest of its content: a tag would not say what runs
     * @param health how it says that it can serve users
     */
    record Image(ImageReference reference, AppHealth health) implements Application {

        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if it has no digest
         */
        public Image {
            if (reference.digest().isEmpty()) {
                throw new IllegalArgumentException("the image " + reference + " has no digest");
            }
        }
    }

    /**
     * Chooses by what the application is.
     *
     * @param none for no application
     * @param sample for the sample application
     * @param command for a program
     * @param image for an image
     * @param <T> what is chosen
     * @return what the matching argument gives
     */
    default <T> T match(
            Supplier<T> none, Function<Sample, T> sample, Function<Command, T> command, Function<Image, T> image) {
        if (this instanceof Command program) {
            return command.apply(program);
        }
        if (this instanceof Image container) {
            return image.apply(container);
        }
        return this instanceof Sample bundled ? sample.apply(bundled) : none.get();
    }

    /**
     * How the application says that it can serve users.
     *
     * @return what is asked of it, empty if there is no application
     */
    default Optional<AppHealth> healthCheck() {
        return match(
                Optional::empty,
                bundled -> Optional.of(bundled.health()),
                program -> Optional.of(program.health()),
                container -> Optional.of(container.health()));
    }

    /**
     * The application in words for people. Applications that differ have words that differ.
     *
     * @return for example {@code sample}, or {@code node server.js in /srv/shop}, and how its health is asked unless that
     *     is the default
     */
    default String describe() {
        String what = match(
                () -> "none",
                bundled -> "sample",
                program -> program.command().stream().map(Words::quoted).collect(Collectors.joining(" ")) + " in "
                        + program.folder(),
                container -> "image " + container.reference().briefDigest().orElseThrow());
        return what
                + healthCheck()
                        .filter(health -> !health.equals(AppHealth.standard()))
                        .map(Words::asked)
                        .orElse("");
    }

    /** Words for people. */
    final class Words {

        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

        private Words() {}

        /** Shows where an argument ends, as a shell would need it. */
        private static String quoted(String argument) {
            return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
        }

        private static String asked(AppHealth health) {
            String rule = switch (health.rule()) {
                case SUCCESS -> ", healthy if " + health.path() + " succeeds";
                case BELOW_500 -> ", healthy if " + health.path() + " answers below 500";
                case ANY_ANSWER -> ", healthy if it answers";
            };
            return rule + " within " + health.limit().toMillis() + " ms";
        }
    }
}
