package io.convoy.train;

import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Recipe;
import java.util.List;

/**
 * For how many steps each chunk stays as it is, and what its learning rate is multiplied by: the
 * recipe's {@code fineTuning}, chunk by chunk.
 */
final class ChunkTuning {
  private final long[] frozenSteps;
  private final float[] factors;

  ChunkTuning(Recipe recipe, long stepsPerEpoch) {
    StateLayout layout = recipe.network().layout();
    List<Chunk> chunks = layout.chunks();
    frozenSteps = new long[chunks.size()];
    factors = new float[chunks.size()];
    FineTuning tuning = recipe.fineTuning();
    for (int c = 0; c < chunks.size(); c++) {
      factors[c] = 1;
      for (StateLayout.Entry entry : layout.entries()) {
        if (tuning != null && overlaps(entry, chunks.get(c))) {
          long frozen = tuning.frozenEpochs(entry.name()) * stepsPerEpoch;
          frozenSteps[c] = Math.max(frozenSteps[c], frozen);
          factors[c] = tuning.rateFactor(entry.name());
        }
      }
    }
  }

  /** Of moments, a chunk has two: they move together. */
  private static boolean overlaps(StateLayout.Entry entry, Chunk chunk) {
    return entry.offset() < chunk.to() && chunk.from() < entry.offset() + entry.length();
  }

  /** Whether a chunk stays as it is in a step, from 0. */
  boolean isFrozen(int chunk, long step) {
    return step < frozenSteps[chunk];
  }

  /** Whether it stays so in all steps. */
  boolean isFrozenForGood(int chunk) {
    return frozenSteps[chunk] >= FineTuning.FOR_GOOD;
  }

  /** How often a chunk will have been updated by the end of a step in which it is not frozen. */
  long updates(int chunk, long step) {
    return step + 1 - frozenSteps[chunk];
  }

  /** The learning rate of a chunk where that of the schedule is {@code rate}. */
  float rate(int chunk, float rate) {
    return rate * factors[chunk];
  }
}
