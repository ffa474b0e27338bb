package io.convoy.exchange;

import io.convoy.exchange.Ownership.Group;
import java.util.Arrays;

/**
 * The owner's side of a step: finishes group after group as soon as the gradients of all peers are
 * there. Own gradients are taken where they are.
 */
final class GroupFinisher {
  private final Ownership ownership;
  private final int rank;
  private final PeerLink[] links;
  private final Group[] groups;
  private float[][] vectors = {};
  private int[] offsets = {};
  private int finished;

  /**
   * @param links by rank; null at this rank
   */
  GroupFinisher(Ownership ownership, int rank, PeerLink[] links) {
    this.ownership = ownership;
    this.rank = rank;
    this.links = links;
    this.groups = ownership.groups(rank);
  }

  void begin(StepData data) {
    finished = 0;
    int nodes = data.plan().nodes().length;
    if (vectors.length != nodes) {
      vectors = new float[nodes][];
      offsets = new int[nodes];
    }
  }

  /** Groups that are finished. */
  int finished() {
    return finished;
  }

  boolean done() {
    return finished == groups.length;
  }

  /** Whether all gradients of the next group are there. */
  boolean ready() {
    if (done()) {
      return false;
    }
    for (PeerLink link : links) {
      if (link != null && link.incoming().delivered() <= finished) {
        return false;
      }
    }
    return true;
  }

  /** Finishes the next group. */
  void finishNext(StepData data, ChunkOwner owner) {
    Group group = groups[finished];
    int position = 0;
    for (int i = 0; i < group.chunks(); i++) {
      int chunk = group.first() + i * ownership.ranks();
      locate(data.plan(), data.vectors(), group, chunk, position);
      owner.finish(chunk, data.plan().nodes(), vectors, offsets, data.state());
      position += ownership.length(chunk);
    }
    finished++;
    if (done()) {
      Arrays.fill(vectors, null); // holds on to nothing between steps
    }
  }

  private void locate(StepPlan plan, float[][] own, Group group, int chunk, int position) {
    for (int from = 0; from < links.length; from++) {
      int first = plan.firstNode(from);
      for (int i = 0; i < plan.nodesOf(from); i++) {
        boolean mine = from == rank;
        vectors[first + i] = mine ? own[i] : links[from].incoming().slot(finished);
        offsets[first + i] = mine ? ownership.start(chunk) : i * group.floats() + position;
      }
    }
  }
}
