package io.convoy.ensemble;

import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * What all members say of the same held-back images, and the images' classes: all that choosing
 * among members is based on. The images of a test have no place here.
 */
public final class ValidationOutputs {
  private final int[] labels;
  private final List<MemberOutputs> members;

  /**
   * Checks that they belong together.
   *
   * @param labels the true class of each image; at least 2 images, since a spread is estimated
   * @param members at least one, in the ensemble's order
   * @throws ConvoyException of kind USAGE when numbers of images or classes differ; of kind DATA
   *     when a label is no class, or a logit is infinite or no number
   */
  public ValidationOutputs(int[] labels, List<MemberOutputs> members) {
    this.labels = labels.clone();
    this.members = List.copyOf(members);
    if (labels.length < 2) {
      throw ConvoyException.usage(
          "an ensemble is chosen on at least 2 held-back images; got %d: hold back more"
              + " (validation.share)",
          labels.length);
    }
    if (this.members.isEmpty()) {
      throw ConvoyException.usage("an ensemble has at least one member; got none");
    }
    this.members.forEach(this::check);
    checkLabels();
  }

  private void check(MemberOutputs member) {
    MemberOutputs first = members.get(0);
    if (member.samples() != labels.length || member.classes() != first.classes()) {
      throw ConvoyException.usage(
          "members of an ensemble need outputs of the same images and classes: %s has %d images by"
              + " %d classes, expected %d by %d as of %s",
          member.name(),
          member.samples(),
          member.classes(),
          labels.length,
          first.classes(),
          first.name());
    }
    int unusable = member.unusable();
    if (unusable > 0) {
      throw ConvoyException.data(
          "%s: the logits of %d of %d held-back images are infinite or no numbers: leave this"
              + " member out",
          member.name(), unusable, member.samples());
    }
  }

  private void checkLabels() {
    for (int sample = 0; sample < labels.length; sample++) {
      if (labels[sample] < 0 || labels[sample] >= classes()) {
        throw ConvoyException.data(
            "held-back image %d: its class must lie in 0 to %d, as the members know %d classes;"
                + " got %d",
            sample, classes() - 1, classes(), labels[sample]);
      }
    }
  }

  /** The same outputs, each member at its own temperature. */
  public ValidationOutputs atTemperatures(List<Double> temperatures) {
    if (temperatures.size() != members.size()) {
      throw ConvoyException.usage(
          "temperatures: expected one for each of %d members; got %d",
          members.size(), temperatures.size());
    }
    MemberOutputs[] scaled = new MemberOutputs[members.size()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = members.get(i).atTemperature(temperatures.get(i));
    }
    return new ValidationOutputs(labels, List.of(scaled));
  }

  /** The average of these members' outputs, at their temperatures, all with equal weight. */
  public OutputAverage equalAverage() {
    return average(OutputAverage.equal(members.size()).weights());
  }

  /** The average of these members' outputs, at their temperatures. */
  public OutputAverage average(List<Double> weights) {
    if (weights.size() != members.size()) {
      throw ConvoyException.usage(
          "weights: expected one for each of %d members; got %d", members.size(), weights.size());
    }
    return new OutputAverage(weights, members.stream().map(MemberOutputs::temperature).toList(), 1);
  }

  /**
   * What an average says of a sample.
   *
   * @param average of so many members
   */
  public double[] probabilities(OutputAverage average, int sample) {
    float[][] logits = new float[members.size()][];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = members.get(i).logits(sample);
    }
    return average.probabilities(logits);
  }

  /**
   * The logarithms of the true classes' probabilities, [members, samples]: all that the likelihood
   * of a mixture depends on.
   */
  double[][] logLikelihoods() {
    Heap.require((long) members.size() * samples() * Double.BYTES, "likelihoods of members");
    double[][] table = new double[members.size()][samples()];
    for (int i = 0; i < table.length; i++) {
      for (int sample = 0; sample < samples(); sample++) {
        table[i][sample] = members.get(i).logLikelihood(sample, labels[sample]);
      }
    }
    return table;
  }

  public int samples() {
    return labels.length;
  }

  public int classes() {
    return members.get(0).classes();
  }

  /** The true class of a sample. */
  public int label(int sample) {
    return labels[sample];
  }

  public List<MemberOutputs> members() {
    return members;
  }
}
