package io.convoy.trainer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.health.StepHealth;
import io.convoy.health.UpdateRatio;
import java.util.List;

/**
 * A line of the metrics: how the layers fare in a step.
 *
 * @param step from 1
 */
record HealthLine(long step, Health health) {
  /** In the network's order. */
  record Health(List<Layer> layers) {}

  /**
   * A layer that has something to tell.
   *
   * @param updateRatio of its weights; null where they are frozen, or where there are none
   * @param deadShare of a rectifier; null for other layers
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Layer(String name, Double updateRatio, Double deadShare) {
    private static Layer of(StepHealth.Layer seen) {
      UpdateRatio update = seen.update();
      return new Layer(seen.name(), update == null ? null : finite(update), seen.deadShare());
    }
  }

  static HealthLine of(StepHealth seen) {
    List<Layer> layers =
        seen.layers().stream()
            .map(Layer::of)
            .filter(layer -> layer.updateRatio() != null || layer.deadShare() != null)
            .toList();
    return new HealthLine(seen.step(), new Health(layers));
  }

  /** A ratio to weights that are zero, or to none that are numbers, is no number of JSON. */
  private static double finite(UpdateRatio update) {
    double ratio = update.ratio();
    return ratio < Double.MAX_VALUE ? ratio : Double.MAX_VALUE;
  }
}
