package io.convoy.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;

/**
 * How the layers of a network fare in a step, as far as one of its ranks has seen it, or as all of
 * them have. Steps are looked at so closely every now and then.
 *
 * @param step its number, from 1
 * @param layers those with weights, and rectifiers, in the network's order: the same for all ranks
 */
public record StepHealth(long step, List<Layer> layers) {
  private static final int INTERVAL = 100;

  /**
   * A layer.
   *
   * @param update of its weights; null where none of them were updated here: they belong to other
   *     ranks, or are frozen
   * @param deadShare the share of a rectifier's channels that were zero for all samples which rank
   *     0 saw; null for other layers, and at other ranks
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Layer(String name, UpdateRatio update, Double deadShare) {
    Layer and(Layer other) {
      UpdateRatio both =
          update == null || other.update == null
              ? (update == null ? other.update : update)
              : update.and(other.update);
      return new Layer(name, both, deadShare == null ? other.deadShare : deadShare);
    }
  }

  public StepHealth {
    layers = List.copyOf(layers);
  }

  /** Whether a step, from 1, is looked at: the first one, and every hundredth. */
  public static boolean isDue(long step) {
    return step == 1 || step % INTERVAL == 0;
  }

  /** Both parts of the same step together. */
  public StepHealth and(StepHealth other) {
    List<Layer> both = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      both.add(layers.get(i).and(other.layers.get(i)));
    }
    return new StepHealth(step, both);
  }
}
