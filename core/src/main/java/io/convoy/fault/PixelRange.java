package io.convoy.fault;

import io.convoy.data.ChannelSums;
import io.convoy.data.augment.Standardization;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import java.util.Optional;

/**
 * Numbers that a network takes and that are far from mean 0 and deviation 1: the recipe gives a
 * standardization that does not fit its images, such as one for bytes from 0 to 255. What is
 * measured on the images always fits.
 */
public final class PixelRange implements FaultDetector {
  private static final double MOST_MEAN = 3;
  private static final double LEAST_DEVIATION = 0.05;
  private static final double MOST_DEVIATION = 3;

  /** From black to white, where nobody looked at the images: whatever these are, it is too much. */
  private static final double MOST_RANGE = 100;

  @Override
  public String name() {
    return "pixel range";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return Optional.empty();
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    Recipe recipe = evidence.recipe();
    Standardization standardization = recipe.standardization();
    boolean measured = !standardization.complete() || standardization.statistics().isPresent();
    int channels = recipe.network().inputShape().channels();
    Optional<ChannelSums> pixels =
        evidence.data() == null ? Optional.empty() : Optional.of(evidence.data().pixels());
    if (measured || pixels.filter(sums -> sums.sums().size() != channels).isPresent()) {
      return Optional.empty();
    }
    float[] table = standardization.table(channels);
    for (int channel = 0; channel < channels; channel++) {
      double black = table[256 * channel];
      double white = table[256 * channel + 255];
      Optional<FaultFinding> found =
          pixels.isPresent()
              ? ofPixels(
                  channel,
                  black + (white - black) * pixels.get().mean(channel),
                  Math.abs(white - black) * pixels.get().deviation(channel))
              : ofRange(channel, black, white);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<FaultFinding> ofPixels(int channel, double mean, double deviation) {
    return Math.abs(mean) > MOST_MEAN || deviation > MOST_DEVIATION || deviation < LEAST_DEVIATION
        ? finding(
            "channel %s of the network's input has mean %s and deviation %s"
                .formatted(channel, Figures.text(mean), Figures.text(deviation)))
        : Optional.empty();
  }

  /** A deviation is at most half of the range. */
  private Optional<FaultFinding> ofRange(int channel, double black, double white) {
    double range = Math.abs(white - black);
    return range > MOST_RANGE || range < 2 * LEAST_DEVIATION
        ? finding(
            "channel %s of the network's input goes from %s (black) to %s (white)"
                .formatted(channel, Figures.text(black), Figures.text(white)))
        : Optional.empty();
  }

  private Optional<FaultFinding> finding(String found) {
    return Optional.of(
        new FaultFinding(
            name(),
            found,
            "networks start from weights for inputs of mean 0 and deviation 1",
            "leave standardization out of the recipe, which has it measured on the images; given"
                + " means and deviations are in units of [0, 1]",
            Json.object()));
  }
}
