package io.convoy.rendezvous;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The members of an attempt by rank. Whoever has the replica of a rank at hand gets that rank; the
 * others follow in the order of host, executor and port. A function of the members alone, so that
 * every task that sees the same members sees the same ranks.
 */
public final class Roster {
  private final List<Member> byRank;

  private Roster(List<Member> byRank) {
    this.byRank = List.copyOf(byRank);
  }

  /** A roster that was made elsewhere. */
  static Roster byRank(List<Member> members) {
    return new Roster(members);
  }

  /** Gives all members of an attempt their ranks. */
  public static Roster of(List<Member> members) {
    List<Member> waiting = new ArrayList<>(members);
    waiting.sort(
        Comparator.comparing(Member::host)
            .thenComparing(Member::executor)
            .thenComparingInt(Member::port));
    Member[] byRank = new Member[waiting.size()];
    for (Member member : List.copyOf(waiting)) {
      int replica = member.replica();
      if (replica >= 0 && replica < byRank.length && byRank[replica] == null) {
        byRank[replica] = member;
        waiting.remove(member);
      }
    }
    for (int rank = 0; rank < byRank.length; rank++) {
      if (byRank[rank] == null) {
        byRank[rank] = waiting.remove(0);
      }
    }
    return new Roster(List.of(byRank));
  }

  /** The members in the order of ranks. */
  public List<Member> members() {
    return byRank;
  }

  /** The rank of a member; -1 for a stranger. */
  public int rankOf(Member member) {
    return byRank.indexOf(member);
  }

  /** Whether every rank has come with its replica, so that none needs the state brought to it. */
  public boolean allHaveReplicas() {
    for (int rank = 0; rank < byRank.size(); rank++) {
      if (byRank.get(rank).replica() != rank) {
        return false;
      }
    }
    return true;
  }

  /** Where each rank's exchange listens. */
  public List<InetSocketAddress> addresses() {
    return byRank.stream().map(m -> new InetSocketAddress(m.host(), m.port())).toList();
  }
}
