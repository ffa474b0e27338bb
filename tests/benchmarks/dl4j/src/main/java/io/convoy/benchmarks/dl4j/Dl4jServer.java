package io.convoy.benchmarks.dl4j;

import io.convoy.benchmarks.networks.Mode;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.networks.StepServer;
import java.io.IOException;

/** DL4J's process: serves one step. */
public final class Dl4jServer {
  private Dl4jServer() {}

  /**
   * Serves until the other process wants no more.
   *
   * @param args network, batch, mode; its threads follow the environment
   */
  public static void main(String[] args) throws IOException {
    NetworkProblem problem = NetworkProblem.named(args[0], Integer.parseInt(args[1]));
    Mode mode = Mode.valueOf(args[2]);
    StepServer.serve(() -> new Dl4jStep(problem, mode));
  }
}
