package io.convoy.benchmarks.networks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * The other end of a {@link RemoteStep}: a step in a process of its own, which sleeps between the
 * rounds. It reads a word a line, and answers with a line.
 */
public final class StepServer {
  /** Computes a batch; the answer is {@link #DONE}. */
  static final String RUN = "run";

  /** The answer is the logits of the last batch: floats in base 64. */
  static final String LOGITS = "logits";

  static final String DONE = "done";

  private StepServer() {}

  /**
   * Convoy in another JVM than that of the driver.
   *
   * @param args network, batch, mode, way, threads
   */
  public static void main(String[] args) throws IOException {
    NetworkProblem problem = NetworkProblem.named(args[0], Integer.parseInt(args[1]));
    Mode mode = Mode.valueOf(args[2]);
    int threads = Integer.parseInt(args[4]);
    serve(() -> new ConvoyNetworks().prepare(problem, mode, args[3], threads));
  }

  /**
   * Serves a step until the other process wants no more. Standard output is for the answers alone:
   * what is printed there meanwhile goes to standard error.
   */
  public static void serve(Supplier<Step> made) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    BufferedReader words =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (Step step = made.get()) {
      answers.println(DONE);
      for (String word = words.readLine(); word != null; word = words.readLine()) {
        if (word.equals(LOGITS)) {
          answers.println(encode(step.logits()));
        } else {
          step.run();
          answers.println(DONE);
        }
      }
    }
  }

  static String encode(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static float[] decode(String line) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
