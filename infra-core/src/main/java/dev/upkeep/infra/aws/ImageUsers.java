package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.machine.OwnImage;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.spec.StackName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Who has the machine images of a stack: instances, launch templates, and the stack itself, also while it has no instance. */
final class ImageUsers {

    private final AwsAccess aws;
    private final StackName stack;

    ImageUsers(AwsAccess aws, StackName stack) {
        this.aws = aws;
        this.stack = stack;
    }

    /** For people, by the id of the image; images that nobody has are missing. */
    Map<String, List<String>> of(Collection<OwnImage> images) {
        if (images.isEmpty()) {
            return Map.of();
        }
        Supplier<Map<String, List<String>>> others =
                aws.questions().ask(() -> aws.ownImages().users(stack.text(), images));
        Optional<FormedStack> servers = aws.standingServers(stack);
        Map<String, List<String>> users = new TreeMap<>(others.get());
        // Which images CloudFormation still comes to, or goes back to, nobody can tell.
        servers.filter(FormedStack::isInProgress)
                .ifPresent(changing -> images.forEach(
                        image -> add(users, image.id(), "stack " + stack + ", which CloudFormation is changing")));
        servers.filter(formed -> !formed.isInProgress())
                .flatMap(formed -> formed.output(ServerStack.IMAGE))
                .ifPresent(image -> add(users, image, "stack " + stack));
        return users;
    }

    private static void add(Map<String, List<String>> users, String image, String first) {
        List<String> names = new ArrayList<>(List.of(first));
        names.addAll(users.getOrDefault(image, List.of()));
        users.put(image, names);
    }
}
