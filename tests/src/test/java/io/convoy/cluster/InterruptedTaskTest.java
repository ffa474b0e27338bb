package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.rendezvous.Meeting;
import io.convoy.rendezvous.Member;
import io.convoy.rendezvous.Rendezvous;
import io.convoy.rendezvous.Roster;
import io.convoy.worker.Tasks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task that is cancelled in its first words to the driver leaves the others their line to it. */
@Tag("slow")
class InterruptedTaskTest {
  private static final Member MEMBER = new Member("0", "127.0.0.1", 4000, -1);

  @Test
  void theNextTaskStillReachesTheDriver() {
    try (JavaSparkContext spark = Sessions.executors(1);
        Meeting meeting = Meeting.open("run", 1, 1, bytes -> {})) {
      Tasks.together(spark, 1, partition -> word(cancelled()));
      List<Object> seats = Tasks.together(spark, 1, partition -> word(seat()));
      assertEquals("rank 0", new String((byte[]) seats.get(0), StandardCharsets.UTF_8));
    }
  }

  private static java.util.Iterator<Object> word(String word) {
    return List.<Object>of(word.getBytes(StandardCharsets.UTF_8)).iterator();
  }

  private static String cancelled() {
    Thread.currentThread().interrupt();
    try {
      return seat();
    } catch (InterruptedException | RuntimeException e) {
      return e.toString();
    } finally {
      Thread.interrupted(); // Spark's next task may run on this thread
    }
  }

  private static String seat() throws InterruptedException {
    Roster roster = new Rendezvous("run", 1, Duration.ofMinutes(1)).meet(MEMBER);
    return "rank " + roster.rankOf(MEMBER);
  }
}
