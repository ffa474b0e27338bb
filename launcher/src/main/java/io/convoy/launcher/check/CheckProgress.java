package io.convoy.launcher.check;

import io.convoy.check.CheckFinding;
import io.convoy.check.CheckListener;
import io.convoy.launcher.progress.Quantity;
import io.convoy.launcher.progress.TransferProgress;

/** Shows on stderr how checks go on, and prints what they find. */
public final class CheckProgress implements CheckListener {
  private final TransferProgress progress;
  private final CheckReport report;
  private String check = "";
  private long started;
  private boolean shown;

  public CheckProgress(TransferProgress progress, CheckReport report) {
    this.progress = progress;
    this.report = report;
  }

  @Override
  public void begins(String name) {
    check = name;
    started = System.nanoTime();
    shown = false;
  }

  @Override
  public void at(long done, long total) {
    if (!shown) {
      progress.start(check, done, total, Quantity.STEPS);
      shown = true;
    }
    progress.at(done);
  }

  @Override
  public void found(CheckFinding finding) {
    progress.close();
    report.add(finding, (System.nanoTime() - started) / 1e9);
    started = System.nanoTime();
  }
}
