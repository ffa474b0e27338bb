package io.convoy.rendezvous;

import java.util.Arrays;
import java.util.List;

/**
 * What goes between executors and driver over Spark's plugin messages. On the wire they are arrays
 * of the JDK's own types: Spark's RPC reads them with a class loader that need not know the
 * application's jar.
 *
 * @param kind what it is about
 * @param run the run, and
 * @param attempt the submission that it belongs to
 * @param content of {@link Kind#JOIN} the encoded member, of {@link Kind#PROGRESS} JSON as bytes
 */
record Message(Kind kind, String run, int attempt, Object content) {
  /** What an executor says as it starts: nothing follows from it. */
  static final String GREETING = "convoy: an executor is here";

  private static final String MARK = "convoy";

  /** The kinds of messages. */
  enum Kind {
    /** "Here I am"; asked again until the answer has a roster. */
    JOIN,
    /** Steps that are done. */
    PROGRESS
  }

  Object[] toWire() {
    return new Object[] {MARK, kind.name(), run, attempt, content};
  }

  /** Null for what is no message of ours. */
  static Message fromWire(Object wire) {
    if (wire instanceof Object[] fields && fields.length == 5 && MARK.equals(fields[0])) {
      return new Message(
          Kind.valueOf((String) fields[1]), (String) fields[2], (Integer) fields[3], fields[4]);
    }
    return null;
  }

  /** The answer to {@link Kind#JOIN}. */
  static final class Answer {
    /** Members are missing: ask again. */
    static final String[] WAIT = {"wait"};

    /** This attempt is none, or no more, or who asks is none of its members. */
    static final String[] REFUSED = {"refused"};

    /** Begins the answer that lists the members by rank. */
    private static final String ROSTER = "seats";

    private Answer() {}

    static String[] of(Roster roster) {
      String[] lines = new String[roster.members().size() + 1];
      lines[0] = ROSTER;
      for (int rank = 1; rank < lines.length; rank++) {
        lines[rank] = roster.members().get(rank - 1).encode();
      }
      return lines;
    }

    static boolean refuses(String[] answer) {
      return answer[0].equals(REFUSED[0]);
    }

    /** Null while members are missing. */
    static Roster roster(String[] answer) {
      if (!answer[0].equals(ROSTER)) {
        return null;
      }
      List<Member> members = Arrays.stream(answer, 1, answer.length).map(Member::decode).toList();
      return Roster.byRank(members);
    }
  }
}
