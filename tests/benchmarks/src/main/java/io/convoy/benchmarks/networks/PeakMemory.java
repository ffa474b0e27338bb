package io.convoy.benchmarks.networks;

import io.convoy.benchmarks.timing.Machine;
import io.convoy.benchmarks.timing.Peers;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The most memory that a process holds which does nothing but some steps of one contender: the
 * system's own figure (VmHWM), of a JVM with the options of this one, but with the heap that the
 * contender asks for. All that lies in it counts: heap, code, native libraries.
 */
final class PeakMemory {
  private static final int STEPS = 4;

  private PeakMemory() {}

  /** Measures in a process of its own, in bytes. */
  static long of(
      NetworkContender contender, NetworkProblem problem, Mode mode, String way, int threads) {
    long heap = contender.heapBytes(problem, mode, way, threads);
    List<String> command =
        JavaCommand.of(
            JavaCommand.here(),
            List.of("-Xmx" + heap),
            PeakMemory.class,
            List.of(
                contender.name(),
                problem.name(),
                String.valueOf(problem.batch()),
                mode.name(),
                way,
                String.valueOf(threads)));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String told =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      if (process.waitFor() != 0) {
        throw ConvoyException.resource(
            "the process that should measure the memory of %s failed; what it said stands above",
            contender.name());
      }
      return Long.parseLong(told);
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "cannot measure the memory: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConvoyException(ConvoyException.Kind.RESOURCE, "interrupted", e);
    }
  }

  /**
   * The other process.
   *
   * @param args contender, network, batch, mode, way, threads
   */
  public static void main(String[] args) {
    int threads = Integer.parseInt(args[5]);
    NetworkContender contender =
        args[0].equals(ConvoyNetworks.NAME)
            ? new ConvoyNetworks()
            : Peers.load(NetworkContender.class, NetworkContender::name, List.of(args[0]), threads)
                .get(0);
    NetworkProblem problem = NetworkProblem.named(args[1], Integer.parseInt(args[2]));
    try (Step step = contender.prepare(problem, Mode.valueOf(args[3]), args[4], threads)) {
      for (int i = 0; i < STEPS; i++) {
        step.run();
      }
    }
    System.out.println(Machine.peakResidentBytes());
  }
}
