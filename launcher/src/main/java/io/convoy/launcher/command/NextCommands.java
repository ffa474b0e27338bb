package io.convoy.launcher.command;

import io.convoy.launcher.session.Placement;
import io.convoy.launcher.submit.ShellWord;
import io.convoy.trainer.TrainingJob;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands that a training's user may want next, as a shell takes them.
 *
 * @param recipe as it was named; null for the default
 * @param data of {@code --data}; null where it was left out
 * @param set of {@code --set}
 */
record NextCommands(String recipe, String data, List<String> set) {
  private static final String SCRIPT = "scripts/convoy";

  /** The lines behind the summary of a training. */
  List<String> after(TrainingJob job, Placement placement) {
    List<String> lines = new ArrayList<>();
    lines.add("Next: " + command(List.of("evaluate", job.run())));
    int executors = placement.executors() == 1 ? 2 : 1;
    boolean repeatable = !job.resume() && placement.kind() != Placement.Kind.CLUSTER;
    if (repeatable && executors <= job.recipe().shards()) {
      String on = executors == 1 ? "one executor: " : "two executors: ";
      lines.add("      the same bits on " + on + command(again(executors)));
    }
    return lines;
  }

  private List<String> again(int executors) {
    List<String> words = new ArrayList<>(List.of("train"));
    if (recipe != null) {
      words.add(recipe);
    }
    if (data != null) {
      words.addAll(List.of("--data", data));
    }
    set.forEach(change -> words.addAll(List.of("--set", change)));
    words.addAll(List.of("--executors", Integer.toString(executors)));
    return words;
  }

  /** What an interrupted user is told, once there is a run to go on with. */
  static String afterInterruption(TrainingJob job, Placement placement) {
    if (placement.kind() == Placement.Kind.CLUSTER) {
      return "interrupted; the same command with "
          + ShellWord.join(List.of("--resume", "--out", job.run()))
          + " goes on from the last checkpoint";
    }
    List<String> words = new ArrayList<>(List.of("train", "--resume", "--out", job.run()));
    if (placement.executors() > 1) {
      words.addAll(List.of("--executors", Integer.toString(placement.executors())));
    }
    return "interrupted; it goes on from its last checkpoint by: " + command(words);
  }

  private static String command(List<String> words) {
    return SCRIPT + " " + ShellWord.join(words);
  }
}
