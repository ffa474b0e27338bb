package io.convoy.launcher.submit;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.session.Placement;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.memory.MemorySize;
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

  private static final String BESIDE =
      "direct buffers of the exchange, and a tenth of the heap for the virtual machine";

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
    int taskCores = given.number(TASK_CORES).orElse(application.coreEach() ? 1 : cores);
    if (taskCores > cores) {
      throw ConvoyException.usage(
          "a task must fit into an executor; got %s=%d for executors of %d cores: give"
              + " --executor-cores %d",
          TASK_CORES, taskCores, cores, taskCores);
    }
    int tasksEach = cores / taskCores;
    int tasks =
        application.coreEach()
            ? Math.multiplyExact(placement.executors(), tasksEach)
            : placement.executors();
    int executors = (tasks + tasksEach - 1) / tasksEach;
    ExecutorMemory executor = application.executor().times(Math.min(tasksEach, tasks));
    Size heap = Size.of(EXECUTOR_MEMORY, executor.heap(), given);
    Size overhead = Size.of(OVERHEAD, executor.overhead(), given);
    DriverMemory driver = application.driver();
    requireDriver(driver, given);
    Size driverHeap = Size.of(DRIVER_MEMORY, driver.heap(), given);
    List<String> report = new ArrayList<>();
    report.add(tasks(placement, target, given, executors, cores, tasksEach));
    report.add(heap.line("executor memory", executor.explanation()));
    if (target.yarn()) {
      report.add(overhead.line("memory overhead", BESIDE));
    }
    report.add(driverHeap.line("driver memory", driver.explanation()));
    return new Resources(
        executors, cores, taskCores, driverHeap.text, heap.text, overhead.text, report);
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
    return "executors        %s with %s %s each (%s), each for %s%s"
        .formatted(executors, cores, cores == 1 ? "core" : "cores", why, each, driver);
  }

  /**
   * A size of memory.
   *
   * @param text as Spark takes it
   * @param by what gave it; null where it was worked out
   * @param lacking what would have been worked out, where less is given; else null
   */
  private record Size(String text, String by, String lacking) {
    static Size of(String key, long worked, GivenSettings given) {
      String rounded = MemorySize.rounded(worked);
      return given
          .find(key)
          .map(
              user ->
                  new Size(
                      user.value(),
                      user.by(),
                      given.bytes(key).orElseThrow() < worked ? rounded : null))
          .orElseGet(() -> new Size(rounded, null, null));
    }

    /** What it is, and why. */
    String line(String what, String why) {
      String start = "%-16s %s".formatted(what, text);
      if (by == null) {
        return start + ": " + why;
      }
      String given = start + " given by " + by;
      return lacking == null ? given : given + "; worked out would be " + lacking + ": " + why;
    }
  }
}
