package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.plan.Basis;
import dev.upkeep.infra.spec.StackName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The two stacks of CloudFormation as they were found, as far as they are more than planned.
 *
 * @param stack what Upkeep calls both of them
 * @param base what the servers need first
 * @param servers the servers and all around them
 */
record StandingStacks(StackName stack, Optional<FormedStack> base, Optional<FormedStack> servers) {

    /** Of the two as they were found, which may be planned only. */
    static StandingStacks of(StackName stack, Optional<FormedStack> base, Optional<FormedStack> servers) {
        return new StandingStacks(stack, base.filter(FormedStack::isFormed), servers.filter(FormedStack::isFormed));
    }

    List<FormedStack> all() {
        return Stream.concat(base.stream(), servers.stream()).toList();
    }

    /** What a plan rests on: how far both have come. */
    Basis basis() {
        Map<String, String> facts = new TreeMap<>();
        for (FormedStack formed : all()) {
            facts.put("stack " + formed.name(), formed.status() + " since " + formed.since());
        }
        return Basis.of(facts);
    }
}
