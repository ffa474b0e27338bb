package io.convoy.rendezvous;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The driver's side of one attempt: gives its members their ranks, hands on the progress that they
 * report. What comes from any other attempt is refused.
 */
public final class Meeting implements AutoCloseable {
  private record Attempt(String run, int number) {}

  private static final Map<Attempt, Meeting> OPEN = new ConcurrentHashMap<>();

  private final Attempt attempt;
  private final int size;
  private final Consumer<byte[]> progress;
  private final List<Member> members = new ArrayList<>();
  private Roster roster;
  private boolean closed;

  private Meeting(Attempt attempt, int size, Consumer<byte[]> progress) {
    this.attempt = attempt;
    this.size = size;
    this.progress = progress;
  }

  /**
   * Opens the meeting of an attempt.
   *
   * @param size members
   * @param progress takes what members report, on a thread of Spark's
   */
  public static Meeting open(String run, int number, int size, Consumer<byte[]> progress) {
    Meeting meeting = new Meeting(new Attempt(run, number), size, progress);
    OPEN.put(meeting.attempt, meeting);
    return meeting;
  }

  /** The answer to a message; null where it wants none. */
  static Object receive(Message message) {
    Meeting meeting = OPEN.get(new Attempt(message.run(), message.attempt()));
    switch (message.kind()) {
      case JOIN -> {
        Member member = Member.decode((String) message.content());
        return meeting == null ? Message.Answer.REFUSED : meeting.join(member);
      }
      case PROGRESS -> {
        if (meeting != null) {
          meeting.report((byte[]) message.content());
        }
      }
    }
    return null;
  }

  private synchronized String[] join(Member member) {
    if (closed) {
      return Message.Answer.REFUSED;
    }
    if (roster == null && !members.contains(member)) {
      members.add(member);
      if (members.size() == size) {
        roster = Roster.of(members);
      }
    }
    if (roster == null) {
      return Message.Answer.WAIT;
    }
    return roster.rankOf(member) < 0 ? Message.Answer.REFUSED : Message.Answer.of(roster);
  }

  private synchronized void report(byte[] reports) {
    if (!closed) {
      progress.accept(reports);
    }
  }

  /** Ends the attempt: messages of it are refused from then on. */
  @Override
  public synchronized void close() {
    closed = true;
    OPEN.remove(attempt);
  }
}
