package io.convoy.profile;

import java.util.List;

/**
 * What layers that are computed together take of a training step.
 *
 * @param layers their names, the leading one first
 * @param forward over all samples of the step
 * @param backward likewise
 */
public record LayerTime(List<String> layers, Part forward, Part backward) {
  public LayerTime {
    layers = List.copyOf(layers);
  }

  /**
   * One direction.
   *
   * @param seconds as measured
   * @param operations floating operations, two a multiply-add of a weight and an activation. They
   *     are those of the formula: an algorithm such as Winograd's gets by with fewer
   * @param bytes that are read and written at the least: each array once
   */
  public record Part(double seconds, long operations, long bytes) {}
}
