package io.convoy.rendezvous;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.rendezvous.Message.Answer;
import io.convoy.rendezvous.Message.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ranks are a function of the members; messages of an attempt that is over are refused. */
class MeetingTest {
  private static final Member FIRST = new Member("1", "host-a", 4001, -1);
  private static final Member SECOND = new Member("0", "host-b", 4000, -1);

  private static String[] join(String run, int attempt, Member member) {
    Message message = new Message(Kind.JOIN, run, attempt, member.encode());
    return (String[]) Meeting.receive(Message.fromWire(message.toWire()));
  }

  @Test
  void membersWaitUntilAllAreThere() {
    try (Meeting meeting = Meeting.open("run", 3, 2, bytes -> {})) {
      assertArrayEquals(Answer.WAIT, join("run", 3, SECOND));
      assertArrayEquals(Answer.WAIT, join("run", 3, SECOND), "asking again is not coming twice");
      Roster roster = Answer.roster(join("run", 3, FIRST));
      assertEquals(0, roster.rankOf(FIRST));
      assertEquals(1, roster.rankOf(SECOND));
      assertEquals(4000, roster.addresses().get(1).getPort());
      assertTrue(
          Answer.refuses(join("run", 3, new Member("9", "host-c", 1, -1))), "there are two ranks");
    }
  }

  @Test
  void aZombieIsRefusedAndItsProgressNotHeard() {
    List<String> heard = new ArrayList<>();
    Meeting old =
        Meeting.open("run", 1, 1, bytes -> heard.add(new String(bytes, StandardCharsets.UTF_8)));
    Meeting.receive(progress(1, "first"));
    old.close();
    try (Meeting next = Meeting.open("run", 2, 1, bytes -> heard.add("next"))) {
      assertTrue(Answer.refuses(join("run", 1, FIRST)));
      assertNull(Meeting.receive(progress(1, "late")));
      assertEquals(List.of("first"), heard);
      assertEquals(0, Answer.roster(join("run", 2, FIRST)).rankOf(FIRST));
    }
    assertTrue(Answer.refuses(join("run", 2, FIRST)));
  }

  @Test
  void whoeverHasAReplicaGetsItsRank() {
    Member holder = new Member("7", "host-z", 4007, 0);
    Member rival = new Member("8", "host-z", 4008, 0);
    List<Member> members = new ArrayList<>(List.of(FIRST, SECOND, holder, rival));
    for (int seed = 0; seed < 4; seed++) {
      Collections.rotate(members, seed % 4);
      Roster roster = Roster.of(members);
      assertEquals(0, roster.rankOf(holder), "of two, the first in the order of ports");
      assertEquals(1, roster.rankOf(FIRST));
      assertEquals(2, roster.rankOf(SECOND));
      assertEquals(3, roster.rankOf(rival));
    }
  }

  @Test
  void strangersMessagesAreNone() {
    assertNull(Message.fromWire("hello"));
    assertNull(Message.fromWire(new Object[] {"other", "JOIN", "run", 1, "x"}));
  }

  private static Message progress(int attempt, String text) {
    return new Message(Kind.PROGRESS, "run", attempt, text.getBytes(StandardCharsets.UTF_8));
  }
}
