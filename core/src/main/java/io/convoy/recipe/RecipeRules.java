package io.convoy.recipe;

import io.convoy.error.ConvoyException;
import io.convoy.network.AuxiliaryOutput;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.schedule.Schedule;
import io.convoy.tensor.Shape;

/** What the keys of a {@link Recipe} keep to, each by itself and among each other. */
final class RecipeRules {
  private static final int MAX_SHARDS = 1 << 16;

  private RecipeRules() {}

  static void require(Object value, String key) {
    if (value == null) {
      throw ConvoyException.usage("%s is missing", key);
    }
  }

  static void atLeastOne(int value, String key) {
    if (value < 1) {
      throw ConvoyException.usage("%s must be at least 1; got %d", key, value);
    }
  }

  static void requireShards(int shards) {
    atLeastOne(shards, "shards");
    if (shards > MAX_SHARDS) {
      throw ConvoyException.usage("shards must be at most %d; got %d", MAX_SHARDS, shards);
    }
  }

  static void requireLogits(Network network) {
    if (!network.outputShape().isVector()) {
      throw ConvoyException.usage(
          "network: the last layer must give a vector of one logit a class; it gives %s",
          network.outputShape());
    }
    for (AuxiliaryOutput auxiliary : network.auxiliary()) {
      if (!auxiliary.node().shape().equals(network.outputShape())) {
        throw ConvoyException.usage(
            "network.auxiliary: '%s' must give as many logits as the network's output, since both"
                + " learn the same classes; it gives %s, '%s' %s",
            auxiliary.node().name(),
            auxiliary.node().shape(),
            network.outputs().get(0).name(),
            network.outputShape());
      }
    }
  }

  /**
   * Of what images are brought to.
   *
   * @param size null where they are not
   */
  static void requireSize(Extent size, Shape input) {
    if (size != null && (size.height() != input.height() || size.width() != input.width())) {
      throw ConvoyException.usage(
          "data.size must be that of the network's input: it is %s, network.input %s (height x"
              + " width x channels): change one of them",
          size, input);
    }
  }

  static void requireOneAverage(EmaOptions ema, SwaOptions swa) {
    if (ema != null && swa != null) {
      throw ConvoyException.usage(
          "ema and swa cannot go together: a training keeps one average of its weights; leave one of"
              + " them out");
    }
  }

  static void requireSnapshots(SwaOptions swa, Schedule schedule, int epochs) {
    // a schedule that has snapshots has one in any training
    if (swa != null && swa.rate() != null && !schedule.snapshots(epochs).isEmpty()) {
      throw ConvoyException.usage(
          "swa.rate ends the cycles of the schedule, whose snapshots are then none: leave swa.rate"
              + " out, or take another schedule");
    }
  }

  /** For a recipe that holds no images back. */
  static void requireNoUseOfValidation(
      CheckpointOptions checkpoint, EarlyStoppingOptions earlyStopping, Schedule schedule) {
    refuseWithoutValidation(checkpoint.keepBest(), "checkpoint.keepBest");
    refuseWithoutValidation(earlyStopping != null, "earlyStopping");
    refuseWithoutValidation(schedule.followsValidation(), "this schedule");
  }

  private static void refuseWithoutValidation(boolean set, String key) {
    if (set) {
      throw ConvoyException.usage(
          "%s goes by validation: hold some images back for it, such as by validation: {share: 0.1}",
          key);
    }
  }
}
