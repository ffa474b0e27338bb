package io.convoy.inference;

import java.util.List;

/**
 * Something that says how likely an image is of each class: one network, or several whose outputs
 * become one. Whoever runs it computes the logits of {@link #models} and hands them to {@link
 * #probabilities}.
 */
public interface Classifier {
  /** Where it came from, for people. */
  String name();

  /** The names of the classes, in order; their numbers where it knows no names. */
  List<String> classes();

  /** SHA-256 of all that its results follow from; its name is no part of that. */
  String fingerprint();

  /** The networks that an image passes, at least one. */
  List<Model> models();

  /**
   * Whether an image may have several labels, or none: those whose probability is above one half.
   */
  default boolean severalLabels() {
    return false;
  }

  /**
   * The probabilities of the classes.
   *
   * @param logits one array for each of {@link #models}, in their order, each in the order of that
   *     model's own classes
   * @return in the order of {@link #classes}, each in [0, 1]; their sum is 1 but for rounding,
   *     unless an image may have several labels. NaN where the logits allow none
   */
  double[] probabilities(float[][] logits);
}
