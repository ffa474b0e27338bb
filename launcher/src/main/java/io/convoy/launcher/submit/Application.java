package io.convoy.launcher.submit;

import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is submitted.
 *
 * @param name what the cluster calls it
 * @param jar Convoy's one jar
 * @param arguments of Convoy's own, the command first, without those of the submission
 * @param file a recipe's file that has to travel to the driver
 * @param executor the memory that a task takes
 * @param driver the memory that the driver takes
 * @param coreEach whether a task takes one core of an executor, instead of all
 */
public record Application(
    String name,
    Path jar,
    List<String> arguments,
    Optional<Path> file,
    ExecutorMemory executor,
    DriverMemory driver,
    boolean coreEach) {
  public Application {
    arguments = List.copyOf(arguments);
  }

  /** One whose tasks take an executor each. */
  public Application(
      String name,
      Path jar,
      List<String> arguments,
      Optional<Path> file,
      ExecutorMemory executor,
      DriverMemory driver) {
    this(name, jar, arguments, file, executor, driver, false);
  }
}
