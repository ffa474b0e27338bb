package io.convoy.exchange;

/**
 * Measures all own groups, waits for the figures of all peers, and then finishes group by group.
 */
final class TwoPhaseFinisher extends GroupFinisher {
  private final TwoPhaseOwner owner;
  private int taken;
  private boolean combined;
  private int finished;

  TwoPhaseFinisher(
      Ownership ownership, int rank, PeerLink[] links, StepData data, TwoPhaseOwner owner) {
    super(ownership, rank, links, data);
    this.owner = owner;
  }

  @Override
  int taken() {
    return taken;
  }

  @Override
  int finished() {
    return finished;
  }

  @Override
  boolean measured() {
    return taken == groupCount();
  }

  @Override
  boolean done() {
    return combined && finished == groupCount();
  }

  @Override
  boolean ready() {
    if (!measured()) {
      return arrived(taken);
    }
    return combined ? !done() : allFiguresAreThere();
  }

  private boolean allFiguresAreThere() {
    for (PeerLink link : links()) {
      if (link != null && !link.incoming().figuresDone()) {
        return false;
      }
    }
    return true;
  }

  @Override
  void advance() {
    if (!measured()) {
      eachSum(
          taken,
          (chunk, nodes, vectors, offsets) ->
              owner.measure(chunk, nodes, vectors, offsets, data().state(), data().chunkFigures()));
      taken++;
    } else if (!combined) {
      owner.combine(data().chunkFigures());
      combined = true;
    } else {
      eachChunk(finished, chunk -> owner.apply(chunk, data().state()));
      finished++;
    }
  }
}
