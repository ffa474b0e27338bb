package io.convoy.train;

import io.convoy.optimizer.Optimizer;
import java.util.List;

/** Prints the hashes of two trainings: what a JVM of its own is started for. */
public final class TrainingHashes {
  private TrainingHashes() {}

  public static void main(String[] arguments) {
    System.out.println(all());
  }

  static String all() {
    StringBuilder hashes = new StringBuilder();
    for (Optimizer optimizer : List.of(Trainings.MOMENTUM, Trainings.ADAM)) {
      TrainingState state = Trainings.train(Trainings.standard(optimizer), 2);
      hashes.append(state.weightsSha256()).append('\n');
      state.slotsSha256().forEach(slot -> hashes.append(slot).append('\n'));
    }
    return hashes.toString().trim();
  }
}
