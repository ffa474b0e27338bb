package io.convoy.benchmarks;

import io.convoy.exchange.ChunkOwner;
import io.convoy.exchange.PeerExchange;
import io.convoy.exchange.connect.ExchangeListener;
import io.convoy.exchange.connect.ExchangeTimeouts;
import io.convoy.exchange.connect.RunIdentity;
import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.shard.ChunkOwners;
import io.convoy.shard.ShardTree;
import io.convoy.train.ChunkSums;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * One step of the exchange between two processes on loopback, beside raw sockets between the same
 * two processes, in turns: the same bytes both ways at once over one connection. Each rank has one
 * sum over 4 of 8 shards; owners do a plain SGD step.
 *
 * <pre>
 *   mvn -q -pl tests/benchmarks -am compile
 *   M=~/.m2/repository
 *   java -Xmx2g -cp core/target/classes:spark-trainer/target/classes:tests/benchmarks/target/classes:\
 *   $M/org/slf4j/slf4j-api/2.0.17/slf4j-api-2.0.17.jar:\
 *   $M/org/apache/commons/commons-math3/3.6.1/commons-math3-3.6.1.jar \
 *   io.convoy.benchmarks.ExchangeBenchmark
 * </pre>
 *
 * With the argument {@code encrypted} the exchange's frames are AES-GCM; the raw sockets stay
 * plain.
 */
public final class ExchangeBenchmark {
  private static final String ENCRYPTED = "encrypted";
  private static final int SHARDS = 8;
  private static final int FIGURES = 3;

  /** Floats that the owner works on at a time: three arrays of them stay in the first cache. */
  private static final int PIECE = 2048;

  private static final float RATE = 1f / 64;

  /** A size and how often it is measured. */
  private record Case(int floats, int warmup, int rounds) {
    int bytes() {
      return floats * Float.BYTES;
    }

    double megabytes() {
      return bytes() / 1e6;
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(25_000, 3000, 2000),
          new Case(2_500_000, 100, 100),
          new Case(25_000_000, 10, 25));

  private ExchangeBenchmark() {}

  /**
   * Runs all sizes.
   *
   * @param args {@code encrypted} or nothing; more are for the second process, which this one
   *     starts
   */
  public static void main(String[] args) throws Exception {
    boolean encrypted = args.length > 0 && args[0].equals(ENCRYPTED);
    if (args.length < 3) {
      first(encrypted);
    } else {
      second(encrypted, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }
  }

  private static void first(boolean encrypted) throws Exception {
    System.out.println(
        "| state, MB | exchange, ms: median (10 % to 90 %) | raw sockets, ms | share of raw speed"
            + " |");
    System.out.println("|---|---|---|---|");
    for (Case size : CASES) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocketChannel rawListener =
          ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0))) {
        ExchangeListener listener = ExchangeListener.bind(loopback);
        int rawPort = ((InetSocketAddress) rawListener.getLocalAddress()).getPort();
        Process other = startSecond(encrypted, listener.address().getPort(), rawPort);
        try (BufferedReader output =
            new BufferedReader(
                new InputStreamReader(other.getInputStream(), StandardCharsets.US_ASCII))) {
          int port = Integer.parseInt(output.readLine());
          send(other, size);
          try (RawSockets raw = new RawSockets(tuned(rawListener.accept()), size.bytes());
              PeerExchange exchange =
                  connect(
                      encrypted,
                      listener,
                      0,
                      List.of(listener.address(), new InetSocketAddress(loopback, port)),
                      size)) {
            System.out.println(measure(size, exchange, raw));
          }
        } finally {
          other.destroy();
          other.waitFor();
        }
      }
    }
  }

  private static Process startSecond(boolean encrypted, int port, int rawPort) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ExchangeBenchmark.class.getName());
    command.add(encrypted ? ENCRYPTED : "plain");
    command.addAll(List.of(String.valueOf(port), String.valueOf(rawPort)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void send(Process other, Case size) throws IOException {
    String line = "%s %s %s%n".formatted(size.floats(), size.warmup(), size.rounds());
    other.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
    other.getOutputStream().flush();
  }

  private static void second(boolean encrypted, int port, int rawPort) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ExchangeListener listener = ExchangeListener.bind(loopback);
    System.out.println(listener.address().getPort());
    String[] fields =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))
            .readLine()
            .trim()
            .split(" ");
    Case size =
        new Case(
            Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), Integer.parseInt(fields[2]));
    SocketChannel rawChannel = SocketChannel.open(new InetSocketAddress(loopback, rawPort));
    try (RawSockets raw = new RawSockets(tuned(rawChannel), size.bytes());
        PeerExchange exchange =
            connect(
                encrypted,
                listener,
                1,
                List.of(new InetSocketAddress(loopback, port), listener.address()),
                size)) {
      measure(size, exchange, raw);
    }
  }

  private static SocketChannel tuned(SocketChannel channel) throws IOException {
    return channel
        .setOption(StandardSocketOptions.TCP_NODELAY, true)
        .setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20)
        .setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
  }

  private static PeerExchange connect(
      boolean encrypted,
      ExchangeListener listener,
      int rank,
      List<InetSocketAddress> peers,
      Case size)
      throws InterruptedException {
    // Two processes of one user on loopback: the key keeps no one out and needs no secrecy.
    RunIdentity identity = new RunIdentity("benchmark", 0, "benchmark", 0, new byte[32], encrypted);
    List<Chunk> chunks = chunks(size.floats());
    ChunkOwners owners = ChunkOwners.inTurn(chunks.size(), peers.size());
    return PeerExchange.connect(
        listener, identity, rank, peers, chunks, owners, ExchangeTimeouts.DEFAULT);
  }

  private static List<Chunk> chunks(int floats) {
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < floats; from += StateLayout.CHUNK) {
      int to = Math.min(floats, from + StateLayout.CHUNK);
      chunks.add(new Chunk(from, to, StateLayout.Kind.GRADIENT, true, 0, 0f));
    }
    return chunks;
  }

  /** Exchange and raw sockets in turns, and the row of the table. */
  private static String measure(Case size, PeerExchange exchange, RawSockets raw) throws Exception {
    List<Chunk> chunks = chunks(size.floats());
    float[] state = new float[size.floats()];
    float[] gradients = new float[size.floats()];
    Arrays.fill(gradients, exchange.rank() + 1);
    float[][] vectors = {gradients};
    double[] figures = new double[SHARDS * FIGURES];
    ChunkOwner owner = sgd(chunks);
    DescriptiveStatistics ours = new DescriptiveStatistics();
    DescriptiveStatistics theirs = new DescriptiveStatistics();
    for (int round = 0; round < size.warmup() + size.rounds(); round++) {
      long start = System.nanoTime();
      exchange.step(round, SHARDS, vectors, figures, state, owner);
      long middle = System.nanoTime();
      raw.exchange();
      long end = System.nanoTime();
      if (round >= size.warmup()) {
        ours.addValue((middle - start) / 1e6);
        theirs.addValue((end - middle) / 1e6);
      }
    }
    verify(state, size);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.0f %% |",
        size.megabytes(),
        describe(ours),
        describe(theirs),
        100 * theirs.getPercentile(50) / ours.getPercentile(50));
  }

  /**
   * Plain SGD. The loop runs over arrays of its own, for the compiler makes SIMD code only of a
   * loop whose arrays share one index.
   */
  private static ChunkOwner sgd(List<Chunk> chunks) {
    List<ShardTree.Node> halves =
        List.of(ShardTree.root(SHARDS).left(), ShardTree.root(SHARDS).right());
    float[] left = new float[PIECE];
    float[] right = new float[PIECE];
    float[] weights = new float[PIECE];
    return (own, state) -> {
      for (ChunkSums sums : own) {
        if (!Arrays.asList(sums.nodes()).equals(halves)) {
          throw new IllegalStateException("nodes=" + Arrays.toString(sums.nodes()));
        }
        Chunk mine = chunks.get(sums.chunk());
        for (int at = 0; at < mine.length(); at += PIECE) {
          int count = Math.min(PIECE, mine.length() - at);
          System.arraycopy(sums.vectors()[0], sums.offsets()[0] + at, left, 0, count);
          System.arraycopy(sums.vectors()[1], sums.offsets()[1] + at, right, 0, count);
          System.arraycopy(state, mine.from() + at, weights, 0, count);
          descend(weights, left, right, count);
          System.arraycopy(weights, 0, state, mine.from() + at, count);
        }
      }
    };
  }

  private static void descend(float[] weights, float[] left, float[] right, int count) {
    for (int i = 0; i < count; i++) {
      weights[i] -= RATE * (left[i] + right[i]);
    }
  }

  /** Every step adds the same exact amount. */
  private static void verify(float[] state, Case size) {
    float expected = -3 * RATE * (size.warmup() + size.rounds());
    for (int i = 0; i < state.length; i++) {
      if (state[i] != expected) {
        throw new IllegalStateException(
            "state[%s]=%s, expected %s".formatted(i, state[i], expected));
      }
    }
  }

  private static String describe(DescriptiveStatistics times) {
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        times.getPercentile(50),
        times.getPercentile(10),
        times.getPercentile(90));
  }
}
