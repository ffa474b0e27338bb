package io.convoy.worker;

import io.convoy.error.ConvoyException;
import io.convoy.exchange.PeerExchange;
import io.convoy.exchange.connect.ExchangeListener;
import io.convoy.exchange.connect.ExchangeTimeouts;
import io.convoy.exchange.connect.RunIdentity;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import io.convoy.rendezvous.Member;
import io.convoy.rendezvous.Rendezvous;
import io.convoy.rendezvous.Roster;
import io.convoy.train.OwnedChunks;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One segment for one task: find the others, get the replica, train in step, hand the state back.
 */
public final class SegmentTask implements Tasks.Body {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SegmentTask.class);

  private final Release driver = Release.OWN; // made there, and read on executors
  private final Assignment assignment;
  private final int attempt;
  private final int resultBlocks;
  private final int ranks;
  private final long from;
  private final long until;
  private final double validated;
  private final RunKey key;
  private final int stateBlocks;
  private final Duration meeting;

  /**
   * @param attempt the number of this submission, which the peers compare
   * @param stateBlocks names the slices of the state that the segment starts from
   * @param resultBlocks names the slices of the state that it ends with
   * @param ranks N
   * @param from the step that the segment starts from
   * @param until the step that it ends at
   * @param validated what validation has left of the learning rate
   * @param key of the run's exchanges, and whether they are encrypted
   * @param meeting how long a task waits for the others at the rendezvous
   */
  public SegmentTask(
      Assignment assignment,
      int attempt,
      int stateBlocks,
      int resultBlocks,
      int ranks,
      long from,
      long until,
      double validated,
      RunKey key,
      Duration meeting) {
    this.assignment = assignment;
    this.attempt = attempt;
    this.stateBlocks = stateBlocks;
    this.resultBlocks = resultBlocks;
    this.ranks = ranks;
    this.from = from;
    this.until = until;
    this.validated = validated;
    this.key = key;
    this.meeting = meeting;
  }

  @Override
  public Iterator<Object> run(int partition) throws InterruptedException {
    List<Object> result = new ArrayList<>();
    result.add(outcome().toBytes());
    return result.iterator();
  }

  private SegmentOutcome outcome() throws InterruptedException {
    int[] rank = {-1};
    try {
      driver.requireHere();
      return segment(rank);
    } catch (ConvoyException e) {
      return failed(rank[0], e);
    } catch (OutOfMemoryError e) { // what filled the heap is out of reach by now
      return failed(rank[0], JobFailure.outOfMemory(e));
    }
  }

  private SegmentOutcome failed(int rank, ConvoyException e) {
    if (e.kind() == ConvoyException.Kind.RESOURCE) {
      LOG.warn("rank {} of attempt {} ends: {}", rank, attempt, e.getMessage());
    } else {
      // Ends the training: the driver logs why, and where that is this process, once is enough.
      LOG.debug("rank {} of attempt {} ends: {}", rank, attempt, e.getMessage());
    }
    return SegmentOutcome.failed(rank, e);
  }

  private SegmentOutcome segment(int[] rankOut) throws InterruptedException {
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
    String secret = SparkEnv.get().securityManager().getSecretKey();
    RunIdentity identity = key.identity(assignment.run(), attempt, secret);
    Rendezvous rendezvous = new Rendezvous(assignment.run(), attempt, meeting);
    int offer = Replicas.offer(assignment.run(), from, ranks);
    try (ExchangeListener listener = ExchangeListener.bind(address(here.host()))) {
      Member member =
          new Member(here.executorId(), here.host(), listener.address().getPort(), offer);
      Roster roster = rendezvous.meet(member);
      int rank = roster.rankOf(member);
      rankOut[0] = rank;
      Recipe recipe = assignment.readRecipe();
      try (PeerExchange exchange =
          PeerExchange.connect(
              listener,
              identity,
              rank,
              roster.addresses(),
              recipe.network().layout().chunks(),
              OwnedChunks.owners(recipe, ranks),
              ExchangeTimeouts.DEFAULT)) {
        return segment(recipe, roster, exchange, rendezvous);
      }
    }
  }

  private SegmentOutcome segment(
      Recipe recipe, Roster roster, PeerExchange exchange, Rendezvous rendezvous)
      throws InterruptedException {
    int rank = exchange.rank();
    OwnedChunks owned = OwnedChunks.of(recipe, rank, ranks);
    int arrays = recipe.stateArrays();
    Replica replica = Replicas.take(new Replicas.Key(assignment.run(), from, ranks, rank));
    if (replica == null && roster.allHaveReplicas()) {
      throw ConvoyException.resource("the replica of rank %d is gone from its executor", rank);
    }
    if (replica == null) {
      replica = newReplica(recipe, owned, new RankState(stateBlocks, rank, owned, arrays));
    }
    boolean kept = false;
    try {
      if (!roster.allHaveReplicas()) {
        replica.distribute(exchange);
      }
      SegmentOutcome outcome = train(replica, roster, exchange, rendezvous);
      new RankState(resultBlocks, rank, owned, arrays).leave(replica.ownArrays());
      Replicas.put(new Replicas.Key(assignment.run(), until, ranks, rank), replica);
      kept = true;
      return outcome;
    } finally {
      if (!kept) {
        replica.close();
      }
    }
  }

  /** Has the weights of own chunks alone: the peers bring the others. */
  private Replica newReplica(Recipe recipe, OwnedChunks owned, RankState state) {
    List<float[]> own = state.fetch();
    float[] weights = new float[recipe.network().layout().length()];
    owned.scatter(own.get(0), 0, 0, owned.length(), weights);
    List<float[]> slots = List.copyOf(own.subList(1, own.size())); // lets go of the others
    Recipe complete = assignment.statistics().in(recipe);
    return new Replica(assignment, complete, owned, ranks, from, weights, slots);
  }

  private SegmentOutcome train(
      Replica replica, Roster roster, PeerExchange exchange, Rendezvous rendezvous)
      throws InterruptedException {
    Kernels kernels = KernelProvider.kernels();
    SegmentReports reports = new SegmentReports(rendezvous, roster, exchange.rank(), from + 1);
    long start = System.nanoTime();
    replica.train(until, validated, exchange, reports);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new SegmentOutcome(
        exchange.rank(), null, null, null, seconds, kernels.name(), kernels.lanes(), reports.all());
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "this executor's own name has no address: " + e, e);
    }
  }
}
