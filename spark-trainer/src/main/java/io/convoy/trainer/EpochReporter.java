package io.convoy.trainer;

import io.convoy.train.StepReport;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A line for each epoch, and one a minute in long ones, for notebooks and logs.
 *
 * <pre>
 *   training: steps 1 to 846, 282 an epoch
 *   epoch 1/3, step 271/846: loss 0.9107, accuracy 70.2 %, 1,498 images/s, 0:25 left
 *   epoch 1/3: loss 0.8123, accuracy 74.3 %, 1,502 images/s, 0:24 left
 * </pre>
 *
 * <p>Loss, accuracy and speed are those of the epoch so far. Time is that of steps alone, on the
 * clock of whoever computes: a session without Convoy's plugin hears of many steps at once.
 */
public final class EpochReporter implements TrainingReporter {
  private static final double SECONDS_BETWEEN = 60;

  private final Consumer<String> lines;
  private long total;
  private long stepsPerEpoch;
  private double sinceLine;
  private Epoch epoch = new Epoch(-1);

  /** What an epoch has shown so far: of the images since it began, or since a segment was lost. */
  private static final class Epoch {
    private final int number;
    private long steps;
    private long images;
    private double seconds;
    private double loss;
    private long correct;
    private boolean counted;

    Epoch(int number) {
      this.number = number;
    }

    void add(StepReport report) {
      steps++;
      images += report.samples();
      seconds += report.seconds();
      loss += report.loss() * report.samples();
      counted = report.correct() != null;
      correct += counted ? report.correct() : 0;
    }

    /** {@code loss 0.8123, accuracy 74.3 %, 1,502 images/s, 0:24 left}. */
    String text(long stepsLeft) {
      String text = String.format(Locale.ROOT, "loss %.4f", loss / images);
      if (counted) {
        text += String.format(Locale.ROOT, ", accuracy %.1f %%", 100.0 * correct / images);
      }
      if (seconds > 0) {
        text += String.format(Locale.ROOT, ", %,.0f images/s", images / seconds);
      }
      return stepsLeft == 0 || seconds == 0
          ? text
          : text + ", " + TrainingReporter.time(stepsLeft * seconds / steps) + " left";
    }
  }

  /**
   * Gives the lines to somebody.
   *
   * @param lines such as {@code System.out::println}; called by one thread at a time, on the driver
   */
  public EpochReporter(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void say(String line) {
    lines.accept(line);
  }

  @Override
  public synchronized void onStart(long from, long all, long ofAnEpoch) {
    total = all;
    stepsPerEpoch = ofAnEpoch;
    epoch = new Epoch(-1);
    sinceLine = 0;
    say("training: steps %s to %s, %s an epoch".formatted(Math.min(from + 1, all), all, ofAnEpoch));
  }

  @Override
  public synchronized void onStep(StepReport report) {
    if (report.epoch() != epoch.number) {
      epoch = new Epoch(report.epoch());
    }
    epoch.add(report);
    sinceLine += report.seconds();
    boolean ends = report.step() % stepsPerEpoch == 0 || report.step() == total;
    if (!ends && sinceLine < SECONDS_BETWEEN) {
      return;
    }
    String place =
        "epoch %s/%s".formatted(epoch.number + 1, (total + stepsPerEpoch - 1) / stepsPerEpoch);
    String step = ends ? "" : ", step %s/%s".formatted(report.step(), total);
    say(place + step + ": " + epoch.text(total - report.step()));
    sinceLine = 0;
  }

  @Override
  public synchronized void onRestart(long step, String reason) {
    epoch = new Epoch(-1);
    TrainingReporter.super.onRestart(step, reason);
  }
}
