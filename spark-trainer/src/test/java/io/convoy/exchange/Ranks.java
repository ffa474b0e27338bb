package io.convoy.exchange;

import io.convoy.network.StateLayout.Chunk;
import io.convoy.network.StateLayout.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The ranks of a test: a thread and a listener each, on loopback. */
final class Ranks implements AutoCloseable {
  static final byte[] KEY = "a key for tests only".getBytes(StandardCharsets.US_ASCII);
  static final RunIdentity IDENTITY = new RunIdentity("run-7", 3, "1.0", 1, KEY, false);

  /** The same, but that frames are encrypted. */
  static final RunIdentity ENCRYPTED = new RunIdentity("run-7", 3, "1.0", 1, KEY, true);

  static final ExchangeTimeouts TIMEOUTS =
      new ExchangeTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(10));

  /** What a rank does with its exchange. */
  @FunctionalInterface
  interface Task<T> {
    T run(PeerExchange exchange) throws Exception;
  }

  private final List<ExchangeListener> listeners = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  Ranks(int count) {
    for (int rank = 0; rank < count; rank++) {
      ExchangeListener listener = ExchangeListener.bind(InetAddress.getLoopbackAddress());
      listeners.add(listener);
      addresses.add(listener.address());
    }
  }

  ExchangeListener listener(int rank) {
    return listeners.get(rank);
  }

  /** The addresses that are told to the ranks: a test may put a proxy in between. */
  List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** Starts a rank that connects, works and closes. */
  <T> Future<T> start(int rank, List<Chunk> chunks, Task<T> task) {
    return start(rank, IDENTITY, TIMEOUTS, chunks, task);
  }

  <T> Future<T> start(
      int rank, RunIdentity identity, ExchangeTimeouts limits, List<Chunk> chunks, Task<T> task) {
    List<InetSocketAddress> told = List.copyOf(addresses);
    return submit(() -> run(listeners.get(rank), rank, identity, limits, told, chunks, task));
  }

  /** Starts one more of a rank, which no other rank can call; it joins {@code over} as it ends. */
  <T> void startSpare(int rank, List<Chunk> chunks, Task<T> task, Queue<Future<T>> over) {
    List<InetSocketAddress> told = List.copyOf(addresses);
    threads.execute(
        new FutureTask<T>(
            () -> {
              try (ExchangeListener own = ExchangeListener.bind(InetAddress.getLoopbackAddress())) {
                return run(own, rank, IDENTITY, TIMEOUTS, told, chunks, task);
              }
            }) {
          @Override
          protected void done() {
            over.add(this);
          }
        });
  }

  /** Starts a rank that only has to be there: how it ends shows at those that talk to it. */
  void startUnwatched(int rank, RunIdentity identity, List<Chunk> chunks, Task<?> task) {
    List<InetSocketAddress> told = List.copyOf(addresses);
    submitUnwatched(() -> run(listeners.get(rank), rank, identity, TIMEOUTS, told, chunks, task));
  }

  private static <T> T run(
      ExchangeListener listener,
      int rank,
      RunIdentity identity,
      ExchangeTimeouts limits,
      List<InetSocketAddress> told,
      List<Chunk> chunks,
      Task<T> task)
      throws Exception {
    try (PeerExchange exchange =
        PeerExchange.connect(listener, identity, rank, told, chunks, limits)) {
      return task.run(exchange);
    }
  }

  <T> Future<T> submit(Callable<T> task) {
    return threads.submit(task);
  }

  /** Runs what fails on purpose or is cut off by the end of the test. */
  void submitUnwatched(Callable<?> task) {
    threads.execute(new FutureTask<>(task));
  }

  /** What a rank came to; its own exception if it failed. */
  static <T> T result(Future<T> future) throws Exception {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    } catch (TimeoutException failure) {
      throw new AssertionError("a rank hangs", failure);
    }
  }

  /** Chunks of these lengths, one behind the other. */
  static List<Chunk> chunks(int... lengths) {
    List<Chunk> chunks = new ArrayList<>();
    int from = 0;
    for (int length : lengths) {
      chunks.add(new Chunk(from, from + length, Kind.GRADIENT, true, 0, 0f));
      from += length;
    }
    return chunks;
  }

  @Override
  public void close() {
    listeners.forEach(ExchangeListener::close);
    threads.shutdownNow();
  }
}
