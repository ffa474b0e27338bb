package io.convoy.exchange;

/** Measures all own groups, waits for the figures of all peers, and then finishes them. */
final class TwoPhaseFinisher extends GroupFinisher {
  private final TwoPhaseOwner owner;
  private int taken;
  private boolean combined;
  private int finished;

  TwoPhaseFinisher(
      Ownership ownership, int rank, PeerLinks links, StepData data, TwoPhaseOwner owner) {
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
      return arrived(taken) > taken;
    }
    return combined ? !done() : allFiguresAreThere();
  }

  private boolean allFiguresAreThere() {
    for (PeerLink link : links()) {
      if (!link.incoming().figuresDone()) {
        return false;
      }
    }
    return true;
  }

  @Override
  void advance() {
    if (!measured()) {
      int until = arrived(taken);
      owner.measure(sums(taken, until), data().state(), data().chunkFigures());
      taken = until;
    } else if (!combined) {
      owner.combine(data().chunkFigures());
      combined = true;
    } else {
      int until = among(finished);
      owner.apply(chunks(finished, until), data().state());
      finished = until;
    }
  }
}
