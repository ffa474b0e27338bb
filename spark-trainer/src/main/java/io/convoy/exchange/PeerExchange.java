package io.convoy.exchange;

import io.convoy.error.ConvoyException;
import io.convoy.exchange.connect.ExchangeListener;
import io.convoy.exchange.connect.ExchangeTimeouts;
import io.convoy.exchange.connect.FrameLayout;
import io.convoy.exchange.connect.PeerConnector;
import io.convoy.exchange.connect.PeerLostException;
import io.convoy.exchange.connect.PeerRefusedException;
import io.convoy.exchange.connect.ProvenConnection;
import io.convoy.exchange.connect.RunIdentity;
import io.convoy.network.StateLayout;
import io.convoy.shard.ChunkOwners;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The exchange of one rank with its peers: after {@link #step} all ranks hold the same new state,
 * bit for bit. See {@link io.convoy.exchange the package} for what crosses the wire.
 *
 * <p>It works on the thread that calls it and has none of its own. One call at a time; {@link
 * #close} may come from any thread. Whatever ends a step early also closes the exchange, so that
 * the peers notice.
 */
public final class PeerExchange implements AutoCloseable {
  /** Stands for the step in the frames that bring the first state. */
  private static final long BEFORE_STEPS = -1;

  private final int rank;
  private final Ownership ownership;
  private final PeerLinks links;
  private final StepLoop loop;
  private final Map<Integer, StepPlan> plans = new HashMap<>();
  private volatile boolean closed;

  private PeerExchange(int rank, Ownership ownership, PeerLinks links, long stallNanos) {
    this.rank = rank;
    this.ownership = ownership;
    this.links = links;
    this.loop = new StepLoop(links, stallNanos);
  }

  /**
   * The exchange of a single rank: no peer, no socket.
   *
   * @param chunks of the state, in ascending order and apart
   */
  public static PeerExchange alone(List<StateLayout.Chunk> chunks) {
    Ownership all = new Ownership(chunks, ChunkOwners.inTurn(chunks.size(), 1));
    return new PeerExchange(0, all, PeerLinks.none(), Long.MAX_VALUE);
  }

  /**
   * Connects a rank with all its peers, each of which does the same, and makes sure that they
   * belong together.
   *
   * @param listener of this rank; closed when this returns or throws
   * @param identity what all ranks must have in common
   * @param rank of this task, 0 to N - 1
   * @param peers the listeners' addresses of all N ranks, in order of ranks
   * @param chunks of the state, in ascending order and apart; the same for all
   * @param owners of the chunks; the same for all
   * @param timeouts limits of every wait
   * @throws PeerLostException if a peer cannot be reached or does not come
   * @throws PeerRefusedException if this rank and a peer do not belong together
   * @throws InterruptedException if the thread is interrupted
   */
  public static PeerExchange connect(
      ExchangeListener listener,
      RunIdentity identity,
      int rank,
      List<InetSocketAddress> peers,
      List<StateLayout.Chunk> chunks,
      ChunkOwners owners,
      ExchangeTimeouts timeouts)
      throws InterruptedException {
    try (listener) {
      if (rank < 0 || rank >= peers.size()) {
        throw new IllegalArgumentException(
            "rank=%s must be from 0 to %s".formatted(rank, peers.size() - 1));
      }
      if (peers.size() == 1) {
        return alone(chunks);
      }
      Ownership ownership = new Ownership(chunks, owners);
      List<ProvenConnection> connections =
          PeerConnector.connect(listener, identity, rank, peers, timeouts);
      PeerLinks links = PeerLinks.of(connections, identity, rank, ownership);
      return new PeerExchange(rank, ownership, links, timeouts.stall().toNanos());
    } catch (IOException failure) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "rank %s cannot open its connections: %s".formatted(rank, failure.getMessage()),
          failure);
    }
  }

  /** The rank of this task. */
  public int rank() {
    return rank;
  }

  /** N, the number of ranks. */
  public int ranks() {
    return links.ranks();
  }

  /**
   * Sums the gradients of all ranks, lets each chunk's owner finish them, and brings the new values
   * to all. All ranks call this with the same step, number of shards and figures per shard. It
   * returns when this rank has everything and has sent everything.
   *
   * @param step the number of the step; only compared
   * @param shards U, at least 1; rank r has computed the shards [⌊r·U/N⌋, ⌊(r+1)·U/N⌋)
   * @param subtreeVectors one sum for each node of {@code ShardTree.cover} over these shards, each
   *     as long as the state; none where there is no shard
   * @param figures U·K figures, K for each shard; those of own shards filled by the caller, all
   *     filled on return
   * @param state of this rank: the same at all ranks before and after
   * @param owner finishes own chunks
   * @throws PeerLostException if a peer ends or stays silent
   * @throws ExchangeCorruptException if a peer sends what it must not, or bytes were altered
   * @throws InterruptedException if the thread is interrupted; its flag is cleared
   * @throws ConvoyException if the exchange is closed
   */
  public void step(
      long step,
      int shards,
      float[][] subtreeVectors,
      double[] figures,
      float[] state,
      ChunkOwner owner)
      throws InterruptedException {
    StepData data = data(step, shards, subtreeVectors, figures, state, new double[0][], 0);
    run(new PipelinedFinisher(ownership, rank, links, data, owner));
  }

  /**
   * As {@link #step}, for owners that need to know all chunks before they finish any. It takes one
   * way to all peers and back more for each round, and new values are sent only after the last
   * gradient has come. All ranks call this, with as many rounds and figures per chunk.
   *
   * @param owner measures and finishes own chunks
   * @throws PeerLostException if a peer ends or stays silent
   * @throws ExchangeCorruptException if a peer sends what it must not, or bytes were altered
   * @throws InterruptedException if the thread is interrupted; its flag is cleared
   * @throws ConvoyException if the exchange is closed
   */
  public void stepInRounds(
      long step,
      int shards,
      float[][] subtreeVectors,
      double[] figures,
      float[] state,
      MeasuringOwner owner)
      throws InterruptedException {
    int figuresPerChunk = owner.figuresPerChunk();
    if (figuresPerChunk < 1 || figuresPerChunk > FrameLayout.MAXIMUM_PAYLOAD / Double.BYTES) {
      throw new IllegalArgumentException(
          "figuresPerChunk=%s must be from 1 to %s"
              .formatted(figuresPerChunk, FrameLayout.MAXIMUM_PAYLOAD / Double.BYTES));
    }
    if (owner.rounds() < 1) {
      throw new IllegalArgumentException("rounds=%s must be at least 1".formatted(owner.rounds()));
    }
    double[][] chunkFigures =
        new double[owner.rounds()][Math.multiplyExact(ownership.chunks(), figuresPerChunk)];
    StepData data =
        data(step, shards, subtreeVectors, figures, state, chunkFigures, figuresPerChunk);
    run(new MeasuringFinisher(ownership, rank, links, data, owner));
  }

  /**
   * Brings the chunks that each rank owns to all: the same state everywhere, as after a step. All
   * ranks call this, before the first step.
   *
   * @param state of this rank: own chunks before, all chunks after
   * @throws PeerLostException if a peer ends or stays silent
   * @throws ExchangeCorruptException if a peer sends what it must not, or bytes were altered
   * @throws InterruptedException if the thread is interrupted; its flag is cleared
   */
  public void distribute(float[] state) throws InterruptedException {
    StepPlan nothing = new StepPlan(0, links.ranks());
    double[] none = {};
    StepData data =
        new StepData(BEFORE_STEPS, nothing, new float[0][], none, 0, new double[0][], 0, state);
    ChunkOwner leave = (chunks, own) -> {};
    run(new PipelinedFinisher(ownership, rank, links, data, leave));
  }

  private void run(GroupFinisher finisher) throws InterruptedException {
    long step = finisher.data().step();
    if (closed) {
      throw closedIn(step, null);
    }
    boolean whole = false;
    try {
      loop.run(finisher);
      whole = true;
    } catch (IOException failure) {
      throw closed
          ? closedIn(step, failure)
          : new ConvoyException(
              ConvoyException.Kind.RESOURCE,
              "rank %s cannot wait in step %s: %s".formatted(rank, step, failure.getMessage()),
              failure);
    } catch (RuntimeException failure) {
      throw closed ? closedIn(step, failure) : failure;
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  private StepData data(
      long step,
      int shards,
      float[][] vectors,
      double[] figures,
      float[] state,
      double[][] chunkFigures,
      int figuresPerChunk) {
    if (shards < 1 || figures.length % shards != 0) {
      throw new IllegalArgumentException(
          "shards=%s must be at least 1 and divide figures.length=%s"
              .formatted(shards, figures.length));
    }
    StepPlan plan = plans.computeIfAbsent(shards, u -> new StepPlan(u, links.ranks()));
    int perShard = figures.length / shards;
    StepData data =
        new StepData(step, plan, vectors, figures, perShard, chunkFigures, figuresPerChunk, state);
    data.requireFit(ownership, rank);
    return data;
  }

  private ConvoyException closedIn(long step, Throwable cause) {
    return new ConvoyException(
        ConvoyException.Kind.RESOURCE,
        "the exchange of rank %s was closed before step %s was done".formatted(rank, step),
        cause);
  }

  /** Closes all connections; a step under way ends with an error, here and at the peers. */
  @Override
  public void close() {
    closed = true;
    links.close();
  }
}
