package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.stack.ServerStack;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * An Elastic IP as EC2 describes it.
 *
 * @param allocation its id
 * @param ip the public IPv4 address; empty if it has none, as those of a carrier
 * @param zones the group of zones that it is for, by the name of the region unless they are local ones; empty if EC2 does not say
 * @param maker the stack of Upkeep's that made it and will release it; empty if none did
 * @param use what it is associated with; empty if it is free
 */
record ElasticIp(String allocation, String ip, String zones, Optional<String> maker, Optional<Use> use) {

    /** What it is associated with: the id of the association, and that of an instance, or of a network interface that belongs to none. */
    record Use(String association, String holder) {

        boolean isByInstance() {
            return holder.startsWith("i-");
        }
    }

    static ElasticIp of(Address address) {
        return new ElasticIp(
                address.allocationId(),
                Objects.toString(address.publicIp(), ""),
                Objects.toString(address.networkBorderGroup(), ""),
                address.tags().stream()
                        .filter(tag -> tag.key().equals(ServerStack.STACK_TAG))
                        .map(Tag::value)
                        .findFirst(),
                Optional.ofNullable(address.associationId()).map(association -> new Use(association, holder(address))));
    }

    private static String holder(Address address) {
        return address.instanceId() == null || address.instanceId().isEmpty()
                ? Objects.toString(address.networkInterfaceId(), "")
                : address.instanceId();
    }

    @Override
    public String toString() {
        return allocation + (ip.isEmpty() ? "" : " (" + ip + ")");
    }
}
