package io.convoy.worker;

import io.convoy.health.StepHealth;
import io.convoy.rendezvous.Member;
import io.convoy.rendezvous.Rendezvous;
import io.convoy.rendezvous.Roster;
import io.convoy.train.StepListener;
import io.convoy.train.StepReport;
import java.util.ArrayList;
import java.util.List;

/** What a rank tells the driver of a segment's steps: now and then, and all of it at the end. */
final class SegmentReports implements StepListener {
  private static final long REPORT_NANOS = 200_000_000L;

  private final Rendezvous rendezvous;
  private final boolean reporter;
  private final RankPlaces places;
  private final List<StepReport> all = new ArrayList<>();
  private final List<StepHealth> health = new ArrayList<>();
  private int told;
  private int healthTold;
  private long last = System.nanoTime();

  /**
   * @param first the segment's first step, from 1
   */
  SegmentReports(Rendezvous rendezvous, Roster roster, int rank, long first) {
    this.rendezvous = rendezvous;
    this.reporter = rank == 0;
    this.places = reporter ? new RankPlaces(first, executors(roster)) : null;
  }

  private static List<RankPlaces.Executor> executors(Roster roster) {
    List<RankPlaces.Executor> executors = new ArrayList<>();
    for (Member member : roster.members()) {
      executors.add(new RankPlaces.Executor(executors.size(), member.executor(), member.host()));
    }
    return executors;
  }

  @Override
  public void onStep(StepReport report) {
    if (!reporter) {
      return;
    }
    all.add(report);
    if (System.nanoTime() - last > REPORT_NANOS) {
      tell();
    }
  }

  /** Rank 0 tells it with its steps; others have nothing else to tell. */
  @Override
  public void onHealth(StepHealth part) {
    health.add(part);
    if (!reporter) {
      tell();
    }
  }

  private void tell() {
    SegmentProgress fresh =
        new SegmentProgress(
            places, all.subList(told, all.size()), health.subList(healthTold, health.size()));
    rendezvous.report(fresh.toBytes());
    told = all.size();
    healthTold = health.size();
    last = System.nanoTime();
  }

  /** All that there was to tell. */
  SegmentProgress all() {
    return new SegmentProgress(places, all, health);
  }
}
