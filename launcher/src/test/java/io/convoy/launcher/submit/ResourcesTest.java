package io.convoy.launcher.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.session.Placement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ResourcesTest {
  private static final String MASTER = "spark://h:7077";

  @Test
  void whatWasChosenAndWhy() {
    assertEquals(
        List.of(
            "executors        2 with 1 core each (more by --executor-cores), each for one task",
            "executor memory  2560m: state 500m, gradients 400m, activations and packed weights"
                + " 600m, exchange 0m, blocks handed over 100m, evaluation 900m (afterwards), images"
                + " unknown; a third more for G1's whole regions, 300m for Spark",
            "driver memory    2560m: states 800m, blocks for executors 400m, a checkpoint being"
                + " saved 400m, images unknown; a third more for G1's whole regions, 300m for Spark"),
        Submits.command(MASTER, 2, 1, List.of()).report());
  }

  @Test
  void whatIsGivenIsSaidAndWhatIsTooLittleToo() {
    List<String> report =
        Submits.command(
                "yarn",
                4,
                2,
                List.of(),
                "--executor-memory=1g",
                "--executor-cores=2",
                "--conf",
                "spark.executor.memoryOverhead=1g",
                "--driver-memory=3g")
            .report();
    assertEquals(
        "executors        4 with 2 cores each (given by --executor-cores), each for one task",
        report.get(0));
    assertTrue(
        report
            .get(1)
            .startsWith(
                "executor memory  1g given by --executor-memory; worked out would be 2560m: state"),
        report.get(1));
    assertEquals(
        "memory overhead  1g given by --conf spark.executor.memoryOverhead", report.get(2));
    assertEquals("driver memory    3g given by --driver-memory", report.get(3));
  }

  @Test
  void tasksThatShareAnExecutorShareItsHeap() {
    SubmitCommand command =
        Submits.command(MASTER, 5, 2, List.of(), "--executor-cores=4", "--conf=spark.task.cpus=2");
    assertTrue(command.options().contains(List.of("--executor-memory", "4608m")), command::text);
    assertTrue(command.options().contains(List.of("--total-executor-cores", "12")), command::text);
    assertEquals(
        "executors        3 with 4 cores each (given by --executor-cores), each for 2 tasks",
        command.report().get(0));
  }

  @Test
  void tasksOfOneCoreFillTheirExecutors() {
    SubmitOptions options = Submits.options();
    GivenSettings given = Submits.given(options);
    Application like = Submits.application(Optional.empty());
    Application application =
        new Application(
            like.name(),
            like.jar(),
            like.arguments(),
            like.file(),
            like.executor(),
            like.driver(),
            true);
    Resources resources =
        Resources.of(
            application,
            Target.of(MASTER, options, given),
            Placement.of(MASTER, 3, 4, given.conf(), 6),
            given);
    assertEquals(
        List.of(3, 4, 1), List.of(resources.executors(), resources.cores(), resources.taskCores()));
    assertEquals(
        "executors        3 with 4 cores each (as many as threads), each for 4 tasks",
        resources.report().get(0));
  }

  @Test
  void aDriverThatIsCertainlyTooSmallStopsIt() {
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () -> Submits.command(MASTER, 2, 1, List.of(), "--driver-memory=1g"));
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
    assertEquals(
        "the driver's heap of 1g is too small for this training, whose states alone take 800m there"
            + " (weights, optimizer's state and averages, of a segment's start and of its end): give"
            + " it --driver-memory 2560m",
        error.getMessage());
  }

  @Test
  void whatCannotBe() {
    refuses(
        "a task must fit into an executor; got spark.task.cpus=4 for executors of 2 cores: give"
            + " --executor-cores 4",
        "--executor-cores=2",
        "--conf=spark.task.cpus=4");
    refuses("--executor-cores must be a number from 1 to 999999; got '0'", "--executor-cores=0");
    refuses(
        "--executor-memory must be a size of memory such as 1536m or 3g; got 'lots'",
        "--executor-memory=lots");
    refuses("--conf must be spark.key=value, as spark-submit takes it; got 'a=b'", "--conf=a=b");
  }

  private static void refuses(String message, String... words) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> Submits.command(MASTER, 2, 2, List.of(), words));
    assertEquals(message, error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }
}
