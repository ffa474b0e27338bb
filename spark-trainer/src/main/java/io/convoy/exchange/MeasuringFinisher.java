package io.convoy.exchange;

/**
 * Measures all own groups and waits for the figures of all peers, round after round, and then
 * finishes the groups.
 */
final class MeasuringFinisher extends GroupFinisher {
  private final MeasuringOwner owner;
  private int taken;
  private int combined;
  private int finished;

  MeasuringFinisher(
      Ownership ownership, int rank, PeerLinks links, StepData data, MeasuringOwner owner) {
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

  /** A round is measured as soon as the one before is combined. */
  @Override
  int measured() {
    return taken < groupCount() ? 0 : Math.min(combined + 1, data().rounds());
  }

  @Override
  boolean done() {
    return allCombined() && finished == groupCount();
  }

  private boolean allCombined() {
    return combined == data().rounds();
  }

  @Override
  boolean ready() {
    if (measured() == 0) {
      return arrived(taken) > taken;
    }
    return allCombined() ? !done() : allFiguresAreThere();
  }

  private boolean allFiguresAreThere() {
    for (PeerLink link : links()) {
      if (link.incoming().figureRounds() <= combined) {
        return false;
      }
    }
    return true;
  }

  @Override
  void advance() {
    if (measured() == 0) {
      int until = arrived(taken);
      owner.measure(sums(taken, until), data().state(), data().chunkFigures(0));
      taken = until;
    } else if (!allCombined()) {
      owner.combine(data().chunkFigures(combined));
      combined++;
      if (!allCombined()) {
        // all at once: peers have sent all gradients by now, and wait for figures alone
        int[] own = chunks(0, groupCount());
        owner.measureAgain(own, data().state(), data().chunkFigures(combined));
      }
    } else {
      int until = among(finished);
      owner.apply(chunks(finished, until), data().state());
      finished = until;
    }
  }
}
