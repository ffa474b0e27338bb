package io.convoy.rendezvous;

import java.io.Serializable;

/** What goes from executors to the driver over Spark's plugin messages. */
sealed interface Message extends Serializable permits Message.Join, Message.Progress {
  /** The run and the attempt that it is about. */
  Attempt attempt();

  /** A submission of a segment. */
  record Attempt(String run, int number) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** "Here I am"; asked again until the answer is a {@link Seats} that is complete. */
  record Join(Attempt attempt, Member member) implements Message {
    private static final long serialVersionUID = 1L;
  }

  /** Steps that are done, as JSON. */
  record Progress(Attempt attempt, byte[] reports) implements Message {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The answer to {@link Join}.
   *
   * @param roster null while members are missing
   * @param refused whether this attempt is none, or no more
   */
  record Seats(Roster roster, boolean refused) implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
