package io.convoy.exchange;

/**
 * Finishes groups as they come: the new values of the first are sent while the last are awaited.
 */
final class PipelinedFinisher extends GroupFinisher {
  private final ChunkOwner owner;
  private int finished;

  PipelinedFinisher(
      Ownership ownership, int rank, PeerLinks links, StepData data, ChunkOwner owner) {
    super(ownership, rank, links, data);
    this.owner = owner;
  }

  @Override
  int taken() {
    return finished;
  }

  @Override
  int finished() {
    return finished;
  }

  @Override
  int measured() {
    return 0;
  }

  @Override
  boolean done() {
    return finished == groupCount();
  }

  @Override
  boolean ready() {
    return arrived(finished) > finished;
  }

  @Override
  void advance() {
    int until = arrived(finished);
    owner.finish(sums(finished, until), data().state());
    finished = until;
  }
}
