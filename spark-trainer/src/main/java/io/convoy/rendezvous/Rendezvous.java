package io.convoy.rendezvous;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.plugin.PluginContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The executor's side of an attempt. */
public final class Rendezvous {
  private static final Logger LOG = LoggerFactory.getLogger(Rendezvous.class);
  private static final long ASK_AGAIN_MILLIS = 5;

  private final String run;
  private final int attempt;
  private final Duration limit;
  private final PluginContext plugin = ConvoyPlugin.context();

  /**
   * @param limit how long this task waits for the others; without the plugin Spark's own limit on a
   *     barrier holds
   */
  public Rendezvous(String run, int attempt, Duration limit) {
    this.run = run;
    this.attempt = attempt;
    this.limit = limit;
  }

  /**
   * Waits for all tasks of the attempt.
   *
   * @throws ConvoyException of kind RESOURCE when the others do not come, or when the attempt is
   *     over
   * @throws InterruptedException when the task is cancelled
   */
  public Roster meet(Member member) throws InterruptedException {
    return plugin == null ? gather(member) : ask(member);
  }

  private Roster ask(Member member) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() - end < 0) {
      String[] answer = join(member);
      if (Message.Answer.refuses(answer)) {
        throw ConvoyException.resource("attempt %d is over; this task has no rank in it", attempt);
      }
      Roster roster = Message.Answer.roster(answer);
      if (roster != null) {
        return roster;
      }
      TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS); // the driver's thread must not be held up
    }
    throw ConvoyException.resource(
        "attempt %d: not all tasks came to the rendezvous within %d s", attempt, limit.toSeconds());
  }

  private String[] join(Member member) throws InterruptedException {
    Message message = new Message(Message.Kind.JOIN, run, attempt, member.encode());
    try {
      return (String[]) plugin.ask(message.toWire());
    } catch (InterruptedException e) {
      throw e; // the task was cancelled: nothing is wrong with the driver
    } catch (Exception e) { // the interface declares no narrower one
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "the driver does not answer at the rendezvous: " + e, e);
    }
  }

  /** About a second: Spark's barrier polls. */
  private static Roster gather(Member member) {
    String[] lines = BarrierTaskContext.get().allGather(member.encode());
    return Roster.of(Arrays.stream(lines).map(Member::decode).toList());
  }

  /** Whether progress reaches the driver at once. */
  public boolean live() {
    return plugin != null;
  }

  /** Sends the driver reports of steps, as JSON; nothing is sent where there is no plugin. */
  public void report(byte[] reports) {
    if (plugin == null) {
      return;
    }
    try {
      plugin.send(new Message(Message.Kind.PROGRESS, run, attempt, reports).toWire());
    } catch (IOException e) {
      LOG.debug("progress did not reach the driver", e); // the segment's result will
    }
  }
}
