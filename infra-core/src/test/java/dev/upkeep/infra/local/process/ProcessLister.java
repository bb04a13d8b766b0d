package dev.upkeep.infra.local.process;

/** Prints the number and the name of every process, in whatever locale it is started. */
final class ProcessLister {

    private ProcessLister() {}

    public static void main(String[] arguments) {
        ProcessTable.system().all().forEach(each -> System.out.println(each.pid() + " " + each.program()));
    }
}
