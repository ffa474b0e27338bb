package io.convoy.exchange;

import io.convoy.exchange.Ownership.Group;
import io.convoy.train.ChunkSums;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The owner's side of one step: takes groups as soon as the gradients of all peers are there, and
 * makes new values of them. Own gradients are taken where they are.
 */
abstract class GroupFinisher {
  private final Ownership ownership;
  private final int rank;
  private final PeerLinks links;
  private final Group[] groups;
  private final StepData data;
  private final boolean alone;

  GroupFinisher(Ownership ownership, int rank, PeerLinks links, StepData data) {
    this.ownership = ownership;
    this.rank = rank;
    this.links = links;
    this.groups = ownership.groups(rank);
    this.data = data;
    this.alone = links.ranks() == 1;
  }

  /** Groups whose gradients were taken: the slots where they waited are free. */
  abstract int taken();

  /** Groups whose new values are there. */
  abstract int finished();

  /** Rounds of which the figures of all own chunks are there. */
  abstract int measured();

  abstract boolean done();

  /** Whether {@link #advance} can do something now. */
  abstract boolean ready();

  /** Does the next thing. */
  abstract void advance();

  StepData data() {
    return data;
  }

  PeerLinks links() {
    return links;
  }

  int groupCount() {
    return groups.length;
  }

  /**
   * The group after the last whose gradients are there, from all peers.
   *
   * @param from the first group that is not taken yet
   */
  int arrived(int from) {
    int until = among(from);
    for (PeerLink link : links) {
      until = Math.min(until, link.incoming().delivered());
    }
    return until;
  }

  /**
   * The group after the last to be worked on in one go: all for whoever is alone; with peers so few
   * that they get the first new values, and connections their turn, while others are awaited.
   *
   * @param from the first group
   */
  int among(int from) {
    return alone ? groups.length : Math.min(groups.length, from + IncomingFrames.WINDOW);
  }

  /** Where the gradients of the chunks of groups lie, which have arrived. */
  List<ChunkSums> sums(int fromGroup, int untilGroup) {
    List<ChunkSums> sums = new ArrayList<>();
    for (int g = fromGroup; g < untilGroup; g++) {
      Group group = groups[g];
      int position = 0;
      for (int i = 0; i < group.chunks(); i++) {
        int chunk = ownership.chunk(group, i);
        sums.add(locate(g, chunk, position));
        position += ownership.length(chunk);
      }
    }
    return sums;
  }

  /** The chunks of groups. */
  int[] chunks(int fromGroup, int untilGroup) {
    return IntStream.range(fromGroup, untilGroup)
        .mapToObj(g -> groups[g])
        .flatMapToInt(
            group -> IntStream.range(0, group.chunks()).map(i -> ownership.chunk(group, i)))
        .toArray();
  }

  private ChunkSums locate(int group, int chunk, int position) {
    StepPlan plan = data.plan();
    float[][] vectors = new float[plan.nodes().length][];
    int[] offsets = new int[vectors.length];
    for (int from = 0; from < links.ranks(); from++) {
      int first = plan.firstNode(from);
      for (int i = 0; i < plan.nodesOf(from); i++) {
        boolean mine = from == rank;
        vectors[first + i] = mine ? data.vectors()[i] : links.to(from).incoming().slot(group);
        offsets[first + i] = mine ? ownership.start(chunk) : i * groups[group].floats() + position;
      }
    }
    return new ChunkSums(chunk, plan.nodes(), vectors, offsets);
  }
}
