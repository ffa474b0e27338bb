package io.convoy.ensemble;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Softmax;
import java.util.Collections;
import java.util.List;

/**
 * How the outputs of members become one: the weighted mean of their probabilities,
 *
 * <pre>
 *   p = w1 softmax(z1 / T1) + w2 softmax(z2 / T2) + …
 * </pre>
 *
 * summed in the order of members in fp64, and then brought to the temperature T of the average:
 * p^(1/T), divided by its sum. What it says of an image depends on the members' logits for that
 * image and on nothing else.
 *
 * @param weights one a member, each in [0, 1]; their sum is 1. Of a member of weight 0 nothing is
 *     read
 * @param temperatures one a member, each above 0
 * @param temperature of the average, above 0; at 1 it leaves the mean as it is
 */
public record OutputAverage(List<Double> weights, List<Double> temperatures, double temperature) {
  /** What a sum of weights may be off by: rounding, also of weights that people wrote down. */
  private static final double ROUNDING = 1e-9;

  /** The smallest probability that has a logarithm here: 744 nats. */
  static final double LEAST = Double.MIN_VALUE;

  @JsonCreator
  public OutputAverage(
      @JsonProperty(value = "weights", required = true) List<Double> weights,
      @JsonProperty(value = "temperatures", required = true) List<Double> temperatures,
      @JsonProperty(value = "temperature", required = true) double temperature) {
    this.weights = List.copyOf(weights);
    this.temperatures = List.copyOf(temperatures);
    this.temperature = Temperature.require(temperature);
    this.temperatures.forEach(Temperature::require);
    if (weights.isEmpty() || weights.size() != temperatures.size()) {
      throw ConvoyException.usage(
          "an average needs one weight and one temperature for each member, at least one member;"
              + " got %d weights and %d temperatures",
          weights.size(), temperatures.size());
    }
    double sum = 0;
    for (double weight : weights) {
      if (!(weight >= 0 && weight <= 1)) {
        throw ConvoyException.usage("weights of members must lie in [0, 1]; got %s", weights);
      }
      sum += weight;
    }
    if (Math.abs(sum - 1) > ROUNDING) {
      throw ConvoyException.usage(
          "weights of members must have the sum 1; got %s, the sum %s", weights, sum);
    }
  }

  /** The plain mean of so many members. */
  public static OutputAverage equal(int members) {
    if (members < 1) {
      throw ConvoyException.usage("an average needs at least one member; got %d", members);
    }
    return weighted(Collections.nCopies(members, 1.0 / members));
  }

  /** The mean by weights, all temperatures 1. */
  public static OutputAverage weighted(List<Double> weights) {
    return new OutputAverage(weights, Collections.nCopies(weights.size(), 1.0), 1);
  }

  /** The same members and weights; the average itself at another temperature. */
  public OutputAverage atTemperature(double other) {
    return new OutputAverage(weights, temperatures, other);
  }

  /** Forward passes that an image costs: the members of a weight above 0. */
  public int passes() {
    return (int) weights.stream().filter(weight -> weight > 0).count();
  }

  /**
   * The probabilities of classes.
   *
   * @param logits one array a member, in their order, all of the same length; those of a member of
   *     weight 0 may be null
   * @return each in [0, 1]; their sum is 1 but for rounding. Of one member at temperature 1: the
   *     bits of {@link Softmax#probabilities(float[])}. NaN where a logit is none, or infinite
   */
  public double[] probabilities(float[][] logits) {
    if (logits.length != weights.size()) {
      throw new IllegalArgumentException(
          "logits of %s members, expected %s".formatted(logits.length, weights.size()));
    }
    double[] mean = null;
    for (int i = 0; i < logits.length; i++) {
      double weight = weights.get(i);
      if (weight > 0) {
        double[] shares = Softmax.probabilities(logits[i], temperatures.get(i));
        mean = mean == null ? new double[shares.length] : mean;
        for (int label = 0; label < mean.length; label++) {
          mean[label] += weight * shares[label];
        }
      }
    }
    return tempered(mean);
  }

  private double[] tempered(double[] mean) {
    if (temperature == 1) {
      return mean;
    }
    double largest = 0;
    for (double share : mean) {
      largest = Math.max(largest, share);
    }
    double sum = 0;
    double logOfLargest = StrictMath.log(largest);
    for (int label = 0; label < mean.length; label++) {
      // log 0 is minus infinity, whose exp is 0 again
      mean[label] = StrictMath.exp((StrictMath.log(mean[label]) - logOfLargest) / temperature);
      sum += mean[label];
    }
    for (int label = 0; label < mean.length; label++) {
      mean[label] /= sum;
    }
    return mean;
  }
}
