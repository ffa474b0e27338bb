package io.convoy.worker;

import io.convoy.error.ConvoyException;
import io.convoy.exchange.ExchangeListener;
import io.convoy.exchange.ExchangeTimeouts;
import io.convoy.exchange.PeerExchange;
import io.convoy.exchange.RunIdentity;
import io.convoy.kernel.KernelProvider;
import io.convoy.kernel.Kernels;
import io.convoy.rendezvous.Member;
import io.convoy.rendezvous.Rendezvous;
import io.convoy.rendezvous.Roster;
import io.convoy.train.Numerics;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.BlockManagerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One segment for one task: find the others, get the replica, train in step, hand the state back.
 */
public final class SegmentTask implements Tasks.Body {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SegmentTask.class);
  private static final long REPORT_NANOS = 200_000_000L;

  private final Assignment assignment;
  private final int attempt;
  private final int blocks;
  private final int ranks;
  private final long from;
  private final long until;
  private final String codeVersion;
  private final byte[] key;
  private final ArrayList<ArrayList<Broadcast<float[]>>> state;

  /**
   * @param attempt the number of this submission, told to the peers
   * @param blocks names the slices of this submission
   * @param ranks N
   * @param from the step that the segment starts from
   * @param until the step that it ends at
   * @param key of the run, for the handshake
   * @param state slices of the weights, then of each slot
   */
  public SegmentTask(
      Assignment assignment,
      int attempt,
      int blocks,
      int ranks,
      long from,
      long until,
      String codeVersion,
      byte[] key,
      List<List<Broadcast<float[]>>> state) {
    this.assignment = assignment;
    this.attempt = attempt;
    this.blocks = blocks;
    this.ranks = ranks;
    this.from = from;
    this.until = until;
    this.codeVersion = codeVersion;
    this.key = key.clone();
    this.state = new ArrayList<>();
    state.forEach(slices -> this.state.add(new ArrayList<>(slices)));
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
      return segment(rank);
    } catch (ConvoyException e) {
      LOG.warn("rank {} of attempt {} ends: {}", rank[0], attempt, e.getMessage());
      return new SegmentOutcome(rank[0], e.kind(), e.getMessage(), 0, "", 0, List.of());
    }
  }

  private SegmentOutcome segment(int[] rankOut) throws InterruptedException {
    Kernels kernels = KernelProvider.kernels();
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
    byte[] mixed = RunKey.mix(key, SparkEnv.get().securityManager().getSecretKey());
    RunIdentity identity =
        new RunIdentity(assignment.run(), attempt, codeVersion, Numerics.VERSION, mixed);
    Rendezvous rendezvous = new Rendezvous(assignment.run(), attempt);
    int offer = Replicas.offer(assignment.run(), from, ranks);
    try (ExchangeListener listener = ExchangeListener.bind(address(here.host()))) {
      Member member =
          new Member(here.executorId(), here.host(), listener.address().getPort(), offer);
      Roster roster = rendezvous.meet(member);
      int rank = roster.rankOf(member);
      rankOut[0] = rank;
      Replicas.Key lease = new Replicas.Key(assignment.run(), from, ranks, rank);
      Replica replica = lease(lease);
      try (PeerExchange exchange =
          PeerExchange.connect(
              listener,
              identity,
              rank,
              roster.addresses(),
              replica.chunks(),
              ExchangeTimeouts.DEFAULT)) {
        SegmentOutcome outcome = train(replica, exchange, rendezvous, kernels);
        handBack(replica, rank);
        Replicas.put(new Replicas.Key(assignment.run(), until, ranks, rank), replica);
        return outcome;
      } catch (ConvoyException | InterruptedException e) {
        replica.close();
        throw e;
      }
    }
  }

  private Replica lease(Replicas.Key key) {
    Replica replica = Replicas.take(key);
    if (replica != null) {
      return replica;
    }
    List<float[]> arrays = new ArrayList<>();
    for (List<Broadcast<float[]>> slices : state) {
      arrays.add(StateSlices.join(slices.stream().map(Broadcast::value).toList()));
    }
    return new Replica(
        assignment, new TrainingState(from, arrays.get(0), arrays.subList(1, arrays.size())));
  }

  private SegmentOutcome train(
      Replica replica, PeerExchange exchange, Rendezvous rendezvous, Kernels kernels)
      throws InterruptedException {
    boolean speaker = exchange.rank() == 0;
    List<StepReport> all = new ArrayList<>();
    List<StepReport> fresh = new ArrayList<>();
    long start = System.nanoTime();
    long[] last = {start};
    replica.train(
        until,
        exchange,
        report -> {
          if (!speaker) {
            return;
          }
          all.add(report);
          fresh.add(report);
          long now = System.nanoTime();
          if (now - last[0] > REPORT_NANOS) {
            rendezvous.report(SegmentOutcome.reportBytes(fresh));
            fresh.clear();
            last[0] = now;
          }
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    return new SegmentOutcome(
        exchange.rank(), null, null, seconds, kernels.name(), kernels.lanes(), all);
  }

  private void handBack(Replica replica, int rank) {
    int slice = 0;
    for (float[] values : StateSlices.owned(replica.chunks(), rank, ranks, replica.arrays())) {
      SliceBlocks.put(blocks, rank, slice++, values);
    }
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
