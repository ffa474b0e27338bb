package io.convoy.exchange;

import io.convoy.exchange.Ownership.Group;
import io.convoy.shard.ShardTree;

/**
 * The owner's side of one step: takes group after group as soon as the gradients of all peers are
 * there, and makes new values of them. Own gradients are taken where they are.
 */
abstract class GroupFinisher {
  private final Ownership ownership;
  private final int rank;
  private final PeerLink[] links;
  private final Group[] groups;
  private final StepData data;
  private final float[][] vectors;
  private final int[] offsets;

  /**
   * @param links by rank; null at this rank
   */
  GroupFinisher(Ownership ownership, int rank, PeerLink[] links, StepData data) {
    this.ownership = ownership;
    this.rank = rank;
    this.links = links;
    this.groups = ownership.groups(rank);
    this.data = data;
    this.vectors = new float[data.plan().nodes().length][];
    this.offsets = new int[vectors.length];
  }

  /** Groups whose gradients were taken: the slots where they waited are free. */
  abstract int taken();

  /** Groups whose new values are there. */
  abstract int finished();

  /** Whether the figures of all own chunks are there, if there are to be any. */
  abstract boolean measured();

  abstract boolean done();

  /** Whether {@link #advance} can do something now. */
  abstract boolean ready();

  /** Does the next thing. */
  abstract void advance();

  StepData data() {
    return data;
  }

  PeerLink[] links() {
    return links;
  }

  int groupCount() {
    return groups.length;
  }

  /** Whether the gradients of a group are there, from all peers. */
  boolean arrived(int group) {
    for (PeerLink link : links) {
      if (link != null && link.incoming().delivered() <= group) {
        return false;
      }
    }
    return true;
  }

  /** What is done with the sums of one chunk. */
  @FunctionalInterface
  interface Sums {
    void take(int chunk, ShardTree.Node[] nodes, float[][] vectors, int[] offsets);
  }

  /** Visits the chunks of a group whose gradients have arrived. */
  void eachSum(int group, Sums sums) {
    Group of = groups[group];
    int position = 0;
    for (int i = 0; i < of.chunks(); i++) {
      int chunk = chunk(of, i);
      locate(group, chunk, position);
      sums.take(chunk, data.plan().nodes(), vectors, offsets);
      position += ownership.length(chunk);
    }
  }

  /** Chunk {@code i} of a group. */
  private int chunk(Group group, int i) {
    return group.first() + i * ownership.ranks();
  }

  /** What is done with one chunk. */
  @FunctionalInterface
  interface Chunks {
    void take(int chunk);
  }

  /** Visits the chunks of a group. */
  void eachChunk(int group, Chunks chunks) {
    for (int i = 0; i < groups[group].chunks(); i++) {
      chunks.take(chunk(groups[group], i));
    }
  }

  private void locate(int group, int chunk, int position) {
    StepPlan plan = data.plan();
    for (int from = 0; from < links.length; from++) {
      int first = plan.firstNode(from);
      for (int i = 0; i < plan.nodesOf(from); i++) {
        boolean mine = from == rank;
        vectors[first + i] = mine ? data.vectors()[i] : links[from].incoming().slot(group);
        offsets[first + i] = mine ? ownership.start(chunk) : i * groups[group].floats() + position;
      }
    }
  }
}
