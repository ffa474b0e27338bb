package io.convoy.launcher.submit;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.session.Placement;
import io.convoy.trainer.DriverMemory;
import io.convoy.trainer.ExecutorMemory;
import io.convoy.trainer.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cores and the memory that an application gets: what the user gave, and the rest worked out.
 *
 * @param executors processes, each of which runs {@code cores / taskCores} tasks
 * @param cores of each executor
 * @param taskCores of each task: those that its kernels' threads run on
 * @param driverMemory the driver's heap, as spark-submit takes it
 * @param executorMemory each executor's heap
 * @param overhead what a container has beside an executor's heap
 * @param report what was chosen and why, line by line
 */
record Resources(
    int executors,
    int cores,
    int taskCores,
    String driverMemory,
    String executorMemory,
    String overhead,
    List<String> report) {
  private static final String DRIVER_MEMORY = "spark.driver.memory";
  private static final String EXECUTOR_MEMORY = "spark.executor.memory";
  static final String EXECUTOR_CORES = "spark.executor.cores";
  static final String TASK_CORES = "spark.task.cpus";
  static final String OVERHEAD = "spark.executor.memoryOverhead";

  /**
   * Works them out.
   *
   * @param placement tasks that train in step, and the kernel threads of each
   * @throws ConvoyException of kind USAGE when what was given cannot be, of kind RESOURCE when the
   *     driver's heap was given and is certainly too small
   */
  static Resources of(
      Application application, Target target, Placement placement, GivenSettings given) {
    int cores = given.number(EXECUTOR_CORES).orElse(placement.threads());
    int taskCores = given.number(TASK_CORES).orElse(cores);
    if (taskCores > cores) {
      throw ConvoyException.usage(
          "a task must fit into an executor; got %s=%d for executors of %d cores: give"
              + " --executor-cores %d",
          TASK_CORES, taskCores, cores, taskCores);
    }
    int tasksEach = cores / taskCores;
    int executors = (placement.executors() + tasksEach - 1) / tasksEach;
    ExecutorMemory executor =
        application.executor().times(Math.min(tasksEach, placement.executors()));
    List<String> report = new ArrayList<>();
    report.add(tasks(placement, target, given, executors, cores, tasksEach));
    String executorMemory =
        given
            .find(EXECUTOR_MEMORY)
            .map(GivenSettings.Given::value)
            .orElse(MemorySize.rounded(executor.heap()));
    report.add(
        line(
            "executor memory",
            executorMemory,
            given,
            EXECUTOR_MEMORY,
            executor.heap(),
            executor.explanation()));
    String overhead =
        given
            .find(OVERHEAD)
            .map(GivenSettings.Given::value)
            .orElse(MemorySize.rounded(executor.overhead()));
    if (target.yarn()) {
      report.add(
          line(
              "memory overhead",
              overhead,
              given,
              OVERHEAD,
              executor.overhead(),
              "direct buffers of the exchange, and a tenth of the heap for the virtual machine"));
    }
    DriverMemory driver = application.driver();
    requireDriver(driver, given);
    String driverMemory =
        given
            .find(DRIVER_MEMORY)
            .map(GivenSettings.Given::value)
            .orElse(MemorySize.rounded(driver.heap()));
    report.add(
        line(
            "driver memory",
            driverMemory,
            given,
            DRIVER_MEMORY,
            driver.heap(),
            driver.explanation()));
    return new Resources(
        executors, cores, taskCores, driverMemory, executorMemory, overhead, report);
  }

  private static void requireDriver(DriverMemory driver, GivenSettings given) {
    Optional<Long> heap = given.bytes(DRIVER_MEMORY);
    if (heap.isPresent() && driver.exceeds(heap.get())) {
      throw driver.tooSmall(given.find(DRIVER_MEMORY).orElseThrow().value(), "--driver-memory %s");
    }
  }

  private static String tasks(
      Placement placement,
      Target target,
      GivenSettings given,
      int executors,
      int cores,
      int tasksEach) {
    String each = tasksEach == 1 ? "one task" : tasksEach + " tasks";
    String why =
        given
            .find(EXECUTOR_CORES)
            .map(g -> "given by " + g.by())
            .orElse(placement.threads() > 1 ? "as many as threads" : "more by --executor-cores");
    String driver = target.onWorker() ? "; the driver takes a core of a worker besides" : "";
    return "executors        %d with %d %s each (%s), each for %s%s"
        .formatted(executors, cores, cores == 1 ? "core" : "cores", why, each, driver);
  }

  /** What a size is, and why: given, with a word where it is less than what was worked out. */
  private static String line(
      String what, String size, GivenSettings given, String key, long worked, String why) {
    String start = "%-16s %s".formatted(what, size);
    Optional<GivenSettings.Given> by = given.find(key);
    if (by.isEmpty()) {
      return start + ": " + why;
    }
    boolean less = given.bytes(key).orElseThrow() < worked;
    return start
        + " given by "
        + by.get().by()
        + (less ? "; worked out would be " + MemorySize.rounded(worked) + ": " + why : "");
  }
}
