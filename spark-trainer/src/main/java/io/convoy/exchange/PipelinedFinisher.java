package io.convoy.exchange;

/** Finishes each group at once: the new values of the first are sent while the last are awaited. */
final class PipelinedFinisher extends GroupFinisher {
  private final ChunkOwner owner;
  private int finished;

  PipelinedFinisher(
      Ownership ownership, int rank, PeerLink[] links, StepData data, ChunkOwner owner) {
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
  boolean measured() {
    return true;
  }

  @Override
  boolean done() {
    return finished == groupCount();
  }

  @Override
  boolean ready() {
    return !done() && arrived(finished);
  }

  @Override
  void advance() {
    eachSum(
        finished,
        (chunk, nodes, vectors, offsets) ->
            owner.finish(chunk, nodes, vectors, offsets, data().state()));
    finished++;
  }
}
