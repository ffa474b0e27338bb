package io.convoy.benchmarks.networks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What starts a JVM like this one, for another class. */
public final class JavaCommand {
  private JavaCommand() {}

  /** What started this JVM. */
  public static String here() {
    return ProcessHandle.current().info().command().orElse("java");
  }

  /**
   * A command with the options and the class path of this JVM.
   *
   * @param java the program, such as {@link #here}
   * @param further options that come behind those
   * @param main the class to start
   * @param arguments of that class
   */
  public static List<String> of(
      String java, List<String> further, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(further);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }
}
