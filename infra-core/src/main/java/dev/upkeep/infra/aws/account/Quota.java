package dev.upkeep.infra.aws.account;

/** A quota of an account in a region, by the codes of Service Quotas, with the words for what it counts. */
enum Quota {
    VCPUS("ec2", "L-1216C47A", "vCPUs of running on-demand standard instances"),
    ADDRESSES("ec2", "L-0263D0A3", "Elastic IP addresses"),
    /** The quota of internet gateways is raised by raising this one, and a network has one of them. */
    NETWORKS("vpc", "L-F678F1CE", "VPCs"),
    BALANCERS("elasticloadbalancing", "L-53DA6B97", "Application Load Balancers");

    private final String service;
    private final String code;
    private final String words;

    Quota(String service, String code, String words) {
        this.service = service;
        this.code = code;
        this.words = words;
    }

    String service() {
        return service;
    }

    String code() {
        return code;
    }

    @Override
    public String toString() {
        return words;
    }
}
