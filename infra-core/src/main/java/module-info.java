/**
 * Desired stack in, plan and inventory out.
 *
 * <p>Only the packages below are for users; everything that touches processes, files, nginx or HAProxy stays inside.
 */
module dev.upkeep.infra {
    requires static transitive org.jspecify;
    requires static com.google.cloud.tools.jib;
    requires static com.google.cloud.tools.jib.api.buildplan;
    requires static org.dnsjava;
    requires static software.amazon.awssdk.auth;
    requires static software.amazon.awssdk.awscore;
    requires static software.amazon.awssdk.core;
    requires static software.amazon.awssdk.http;
    requires static software.amazon.awssdk.http.auth.aws;
    requires static software.amazon.awssdk.http.auth.spi;
    requires static software.amazon.awssdk.http.urlconnection;
    requires static software.amazon.awssdk.identity.spi;
    requires static software.amazon.awssdk.regions;
    requires static software.amazon.awssdk.services.autoscaling;
    requires static software.amazon.awssdk.services.cloudformation;
    requires static software.amazon.awssdk.services.cloudwatchlogs;
    requires static software.amazon.awssdk.services.ec2;
    requires static software.amazon.awssdk.services.ec2instanceconnect;
    requires static software.amazon.awssdk.services.ecr;
    requires static software.amazon.awssdk.services.elasticloadbalancingv2;
    requires static software.amazon.awssdk.services.iam;
    requires static software.amazon.awssdk.services.route53;
    requires static software.amazon.awssdk.services.servicequotas;
    requires static software.amazon.awssdk.services.ssm;
    requires static software.amazon.awssdk.services.sts;
    requires static software.amazon.awssdk.utils;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.samskivert.jmustache;
    requires java.net.http;
    requires jdk.httpserver;
    requires org.slf4j;

    exports dev.upkeep.infra;
    exports dev.upkeep.infra.aws;
    exports dev.upkeep.infra.aws.ecr;
    exports dev.upkeep.infra.aws.stack;
    exports dev.upkeep.infra.aws.template;
    exports dev.upkeep.infra.bake;
    exports dev.upkeep.infra.drift;
    exports dev.upkeep.infra.failure;
    exports dev.upkeep.infra.image;
    exports dev.upkeep.infra.image.recipe;
    exports dev.upkeep.infra.image.reference;
    exports dev.upkeep.infra.image.registry;
    exports dev.upkeep.infra.inventory;
    exports dev.upkeep.infra.local;
    exports dev.upkeep.infra.logs;
    exports dev.upkeep.infra.plan;
    exports dev.upkeep.infra.preflight;
    exports dev.upkeep.infra.progress;
    exports dev.upkeep.infra.release;
    exports dev.upkeep.infra.rollout;
    exports dev.upkeep.infra.shell;
    exports dev.upkeep.infra.spec;
    exports dev.upkeep.infra.time;
}
