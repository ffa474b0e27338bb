package io.convoy.exchange;

import io.convoy.exchange.connect.ExchangeListener;
import io.convoy.exchange.connect.ExchangeTimeouts;
import io.convoy.exchange.connect.Identities;
import io.convoy.exchange.connect.Listeners;
import io.convoy.exchange.connect.RunIdentity;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.network.StateLayout.Kind;
import io.convoy.shard.ChunkOwners;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** The ranks of a test, each of which works with its exchange. */
final class Ranks extends Listeners {
  static final ExchangeTimeouts TIMEOUTS =
      new ExchangeTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(10));

  /** What a rank does with its exchange. */
  @FunctionalInterface
  interface Task<T> {
    T run(PeerExchange exchange) throws Exception;
  }

  Ranks(int count) {
    super(count);
  }

  /** Starts a rank that connects, works and closes. */
  <T> Future<T> start(int rank, List<Chunk> chunks, Task<T> task) {
    return start(rank, Identities.PLAIN, TIMEOUTS, chunks, task);
  }

  <T> Future<T> start(
      int rank, RunIdentity identity, ExchangeTimeouts limits, List<Chunk> chunks, Task<T> task) {
    List<InetSocketAddress> peers = List.copyOf(addresses());
    return submit(() -> run(listener(rank), rank, identity, limits, peers, chunks, task));
  }

  /** Starts one more of a rank, which no other rank can call; it joins {@code over} as it ends. */
  <T> void startSpare(int rank, List<Chunk> chunks, Task<T> task, Queue<Future<T>> over) {
    List<InetSocketAddress> peers = List.copyOf(addresses());
    execute(
        new FutureTask<T>(
            () -> {
              try (ExchangeListener own = ExchangeListener.bind(InetAddress.getLoopbackAddress())) {
                return run(own, rank, Identities.PLAIN, TIMEOUTS, peers, chunks, task);
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
    List<InetSocketAddress> peers = List.copyOf(addresses());
    submitUnwatched(() -> run(listener(rank), rank, identity, TIMEOUTS, peers, chunks, task));
  }

  private static <T> T run(
      ExchangeListener listener,
      int rank,
      RunIdentity identity,
      ExchangeTimeouts limits,
      List<InetSocketAddress> peers,
      List<Chunk> chunks,
      Task<T> task)
      throws Exception {
    ChunkOwners owners = ChunkOwners.inTurn(chunks.size(), peers.size());
    try (PeerExchange exchange =
        PeerExchange.connect(listener, identity, rank, peers, chunks, owners, limits)) {
      return task.run(exchange);
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
}
