package dev.upkeep.system.container;

/** The images of version 1.0.6 in the registry of the machines, each with its digest. */
record ReleasedImages(Ec2Surroundings around, String web, String app, String edge) {

    static ReleasedImages pushed(Ec2Surroundings around, Recipes recipes) {
        return new ReleasedImages(
                around,
                around.push(recipes.web("1.0.6"), "shop/web:1.0.6"),
                around.push(recipes.app("1.0.6"), "shop/app:1.0.6"),
                around.push(recipes.edge(), "shop/edge"));
    }

    /** Says in the parameter of a stack that it runs these, but for the edge, and what else it says. */
    void release(String stack, String front, String more) {
        String release = "{\"version\": \"1.0.6\", \"web\": \"%s\", \"app\": \"%s\", \"edge\": \"%s\"%s}";
        around.aws(
                "ssm",
                "put-parameter",
                "--type=String",
                "--overwrite",
                "--name=/upkeep/" + stack + "/release",
                "--value=" + release.formatted(web, app, front, more));
    }
}
