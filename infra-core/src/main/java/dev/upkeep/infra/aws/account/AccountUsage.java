package dev.upkeep.infra.aws.account;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.LazyClient;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.spec.InstanceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;

/** What an account may have in a region, and what it has there beside one stack. */
final class AccountUsage implements AutoCloseable {

    /**
     * The families that share one quota, see
     * <a href="https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html">quotas of instances</a>.
     */
    private static final Pattern STANDARD = Pattern.compile("(?:[acdimrtz]|h)\\d.*");

    private static final String NO_VALUE = "NoSuchResourceException";

    /** EC2 takes no more names of types in one request. */
    private static final int MOST_TYPES = 100;

    private final AwsSession session;
    private final Predicate<List<Tag>> isOfOthers;
    private final LazyClient<Ec2Client> ec2;
    private final LazyClient<ElasticLoadBalancingV2Client> balancing;
    private final LazyClient<ServiceQuotasClient> quotas;

    /**
     * Counts what lacks a tag.
     *
     * @param session of the account
     * @param tag the name of the tag
     * @param own its value on what belongs to the stack
     */
    AccountUsage(AwsSession session, String tag, String own) {
        this.session = session;
        this.isOfOthers = tags -> tags.stream().noneMatch(each -> tag.equals(each.key()) && own.equals(each.value()));
        this.ec2 = session.lazily(Ec2Client::builder);
        this.balancing = session.lazily(ElasticLoadBalancingV2Client::builder);
        this.quotas = session.lazily(ServiceQuotasClient::builder);
    }

    /** Whether the instances of a type count as standard ones. */
    static boolean isStandard(InstanceType type) {
        return STANDARD.matcher(type.name()).matches();
    }

    /** What the account may have. Until a quota was changed for an account, AWS may know its usual value only. */
    long allowed(Quota quota) {
        try {
            return session.ask(
                    "read the quota of " + quota,
                    "servicequotas:GetServiceQuota",
                    () -> quotas.get()
                            .getServiceQuota(request ->
                                    request.serviceCode(quota.service()).quotaCode(quota.code()))
                            .quota()
                            .value()
                            .longValue());
        } catch (AwsException e) {
            if (!e.code().equals(NO_VALUE)) {
                throw e;
            }
            return session.ask(
                    "read the usual quota of " + quota,
                    "servicequotas:GetAWSDefaultServiceQuota",
                    () -> quotas.get()
                            .getAWSDefaultServiceQuota(request ->
                                    request.serviceCode(quota.service()).quotaCode(quota.code()))
                            .quota()
                            .value()
                            .longValue());
        }
    }

    /** How much of a quota others have. Load balancers are counted whoever has them: they are listed without their tags. */
    long used(Quota quota) {
        return switch (quota) {
            case VCPUS -> vcpus();
            case ADDRESSES ->
                session.ask(
                        "count the Elastic IP addresses",
                        "ec2:DescribeAddresses",
                        () -> ec2.get().describeAddresses().addresses().stream()
                                .filter(address -> isOfOthers.test(address.tags()))
                                .count());
            case NETWORKS ->
                session.ask(
                        "count the VPCs",
                        "ec2:DescribeVpcs",
                        () -> ec2.get().describeVpcsPaginator().vpcs().stream()
                                .filter(vpc -> isOfOthers.test(vpc.tags()))
                                .count());
            case BALANCERS ->
                session.ask(
                        "count the load balancers",
                        "elasticloadbalancing:DescribeLoadBalancers",
                        () -> balancing.get().describeLoadBalancersPaginator().loadBalancers().stream()
                                .filter(balancer -> balancer.type() == LoadBalancerTypeEnum.APPLICATION)
                                .count());
        };
    }

    private long vcpus() {
        Map<String, Long> instances = session.ask(
                "count the running instances",
                "ec2:DescribeInstances",
                () -> running().collect(Collectors.groupingBy(Instance::instanceTypeAsString, Collectors.counting())));
        Map<String, Integer> each = vcpus(instances.keySet());
        return instances.entrySet().stream()
                .mapToLong(type -> type.getValue() * each.getOrDefault(type.getKey(), 0))
                .sum();
    }

    /** Of others, as far as they count: neither spot instances, nor those on hosts of one's own. */
    private Stream<Instance> running() {
        Filter states = Filter.builder()
                .name("instance-state-name")
                .values("pending", "running")
                .build();
        return ec2.get().describeInstancesPaginator(request -> request.filters(states)).reservations().stream()
                .map(Reservation::instances)
                .flatMap(Collection::stream)
                .filter(instance -> instance.instanceLifecycleAsString() == null)
                .filter(instance ->
                        STANDARD.matcher(instance.instanceTypeAsString()).matches())
                .filter(instance ->
                        instance.placement() == null || instance.placement().tenancy() != Tenancy.HOST)
                .filter(instance -> isOfOthers.test(instance.tags()));
    }

    /** How many vCPUs types have. */
    Map<String, Integer> vcpus(Collection<String> types) {
        List<String> all = new ArrayList<>(types);
        Map<String, Integer> found = new HashMap<>();
        for (int first = 0; first < all.size(); first += MOST_TYPES) {
            List<String> some = all.subList(first, Math.min(first + MOST_TYPES, all.size()));
            session.ask(
                            "read how many vCPUs instances have",
                            "ec2:DescribeInstanceTypes",
                            () -> ec2
                                    .get()
                                    .describeInstanceTypesPaginator(request -> request.instanceTypesWithStrings(some))
                                    .instanceTypes()
                                    .stream()
                                    .collect(Collectors.toMap(
                                            InstanceTypeInfo::instanceTypeAsString,
                                            type -> type.vCpuInfo().defaultVCpus())))
                    .forEach(found::put);
        }
        return found;
    }

    @Override
    public void close() {
        ec2.close();
        balancing.close();
        quotas.close();
    }
}
