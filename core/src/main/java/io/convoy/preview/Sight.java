package io.convoy.preview;

import io.convoy.targets.Target;
import java.util.List;

/**
 * One image of a training set, as it lies there and as the network sees it.
 *
 * @param labels that it has
 * @param place in words that lead its owner to it
 * @param height as it is stored, upright, in pixels
 * @param width likewise
 * @param stored the whole image, fit into a box
 * @param evaluation what is made of it for evaluation
 * @param versions what training makes of it
 */
public record Sight(
    int[] labels,
    String place,
    int height,
    int width,
    Picture stored,
    Picture evaluation,
    List<Version> versions) {

  /**
   * What training makes of an image in one epoch.
   *
   * @param epoch from 0
   * @param target what it is to be taken for
   */
  public record Version(int epoch, Picture picture, Target target) {}
}
