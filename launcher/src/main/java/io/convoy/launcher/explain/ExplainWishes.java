package io.convoy.launcher.explain;

import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * What is to be explained, and how closely.
 *
 * @param layer of Grad-CAM and of feature maps; null for the usual ones
 * @param label the class that maps are of, by its name or number; null for the likeliest
 * @param maps of a layer at the most
 * @param filters of the layer that are excited, where none is named
 * @param named filters that are excited
 * @param ascentSteps of the gradient ascent
 * @param square side of the squares that occlusion hides, in pixels; null for the usual one
 * @param stride pixels from one square to the next; null for a third of that
 * @param neighbours of each image
 * @param embedding the layer of embeddings; null for the usual one
 */
public record ExplainWishes(
    String layer,
    String label,
    int maps,
    int filters,
    List<String> named,
    int ascentSteps,
    Integer square,
    Integer stride,
    int neighbours,
    String embedding) {
  public ExplainWishes {
    named = List.copyOf(named);
    requireAtLeast(1, "--maps", maps);
    requireAtLeast(0, "--filters", filters);
    requireAtLeast(1, "--ascent-steps", ascentSteps);
    requireAtLeast(0, "--neighbours", neighbours);
  }

  /**
   * Checks a number of an option.
   *
   * @throws ConvoyException of kind USAGE when it is smaller
   */
  public static void requireAtLeast(int least, String option, int given) {
    if (given < least) {
      throw ConvoyException.usage("%s must be at least %s; got %s", option, least, given);
    }
  }
}
