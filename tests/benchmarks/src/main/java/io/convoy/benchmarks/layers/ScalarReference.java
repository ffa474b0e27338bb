package io.convoy.benchmarks.layers;

import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The scalar kernels in a process of their own: with both providers in one JVM, the compiler would
 * see two targets at each call of a kernel, and the timed ones would not be those of a training.
 * The process reads a problem a line and answers with the hash of each direction's result.
 */
final class ScalarReference implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream questions;

  /** Starts the process, with the JVM options of this one. */
  ScalarReference(int threads) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of("-Dconvoy.kernels=scalar", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ScalarReference.class.getName(), String.valueOf(threads)));
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "cannot start the scalar reference: " + e, e);
    }
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** The hashes of the scalar kernels' results. */
  Map<Direction, String> hashes(Problem problem) {
    questions.println(problem.line());
    Map<Direction, String> hashes = new EnumMap<>(Direction.class);
    for (Direction direction : problem.directions()) {
      hashes.put(direction, answer());
    }
    return hashes;
  }

  private String answer() {
    try {
      String line = answers.readLine();
      if (line != null) {
        return line;
      }
      throw ConvoyException.resource(
          "the scalar reference ended; what it said stands above: give it more memory by -Xmx");
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "no answer of the scalar reference: " + e, e);
    }
  }

  /** The hashes of the results of this JVM's kernels. */
  static Map<Direction, String> hashesHere(Problem problem, int threads) {
    Map<Direction, String> hashes = new EnumMap<>(Direction.class);
    try (ConvoyContender contender = new ConvoyContender();
        Workload workload =
            contender.prepare(problem, Operands.of(problem), threads).orElseThrow()) {
      for (Direction direction : problem.directions()) {
        workload.nanos(direction);
        hashes.put(direction, ResultHash.of(workload.result(direction)));
      }
    }
    return hashes;
  }

  /**
   * The other process.
   *
   * @param args threads
   */
  public static void main(String[] args) throws IOException {
    if (!KernelProvider.kernels().name().equals("scalar")) {
      throw new IllegalStateException("the kernels are " + KernelProvider.kernels().name());
    }
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Problem problem = ProblemParser.parse(line, "input").orElseThrow();
      hashesHere(problem, Integer.parseInt(args[0])).values().forEach(System.out::println);
    }
  }

  @Override
  public void close() {
    questions.close(); // the process ends at the end of its input
    process.destroy();
  }
}
