package io.convoy.launcher.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.launcher.progress.Quantity;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.search.PartResult;
import io.convoy.search.SearchOptions;
import io.convoy.search.TrialResult;
import io.convoy.trials.SearchListener;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows how a search goes on: a line for each trial that has come to a rung. */
public final class SearchProgress implements SearchListener {
  private final TransferProgress progress;
  private final SearchOptions options;
  private int trials;
  private int told;

  public SearchProgress(TransferProgress progress, SearchOptions options) {
    this.progress = progress;
    this.options = options;
  }

  @Override
  public synchronized void onRung(int rung, int trials, int epochs, int done, int parts) {
    this.trials = trials;
    told = 0;
    progress.close();
    String name =
        "rung %s of %s: %s, to epoch %s"
            .formatted(
                rung + 1,
                options.rungs().epochs().size(),
                trials == 1 ? "1 trial" : trials + " trials",
                epochs);
    progress.say(name);
    progress.start(name, done, parts, Quantity.TRAININGS);
  }

  @Override
  public synchronized void onPart(PartResult part, int done) {
    progress.at(done);
  }

  @Override
  public synchronized void onTrial(TrialResult trial, boolean best) {
    told++;
    String of = "  %s of %s: trial %s, ".formatted(told, trials, trial.trial());
    if (trial.failure() != null) {
      progress.say(of + "failed: " + trial.failure());
      return;
    }
    progress.say(
        of
            + String.format(
                Locale.ROOT, "loss %.4f, accuracy %.2f %%", trial.loss(), 100 * trial.accuracy())
            + (best ? "; the best so far: " + words(trial.values()) : ""));
  }

  private static String words(Map<String, JsonNode> values) {
    return values.entrySet().stream()
        .map(
            value ->
                "%s=%s"
                    .formatted(
                        value.getKey(),
                        value.getValue().isValueNode()
                            ? value.getValue().asText()
                            : value.getValue()))
        .collect(Collectors.joining(" "));
  }

  @Override
  public synchronized void say(String line) {
    progress.say(line);
  }
}
