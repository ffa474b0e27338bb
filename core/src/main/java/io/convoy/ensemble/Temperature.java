package io.convoy.ensemble;

import io.convoy.error.ConvoyException;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * Temperature scaling (Guo, Pleiss, Sun, Weinberger 2017, section 4.2): the one number T for which
 * softmax(z / T) has the smallest negative log likelihood on held-back images. It changes no order
 * of classes, and so no accuracy.
 *
 * <p>The likelihood is log-concave in b = 1 / T, so its slope there,
 *
 * <pre>
 *   sum over images of (E[z] - z(true class)),  E over softmax(b z)
 * </pre>
 *
 * crosses zero once: Brent's method finds it between {@value #LEAST} and {@value #MOST}, over log
 * T. Where the slope keeps its sign, the temperature is that end.
 */
public final class Temperature {
  /** The lowest that is tried: a network whose images are all told apart has no lowest one. */
  public static final double LEAST = 1.0 / 32;

  /** The highest that is tried: a network that knows nothing has no highest one. */
  public static final double MOST = 32;

  /** Of log T: far below what any number of images can tell. */
  private static final double ACCURACY = 1e-12;

  /** Brent's method halves the interval at the worst; this is never reached. */
  private static final int MOST_EVALUATIONS = 1000;

  /**
   * A temperature, and what it brings on the images it was found on.
   *
   * @param temperature in [1/32, 32]
   * @param lossBefore the mean negative log likelihood at temperature 1, in nats
   * @param lossAfter the same at this temperature; never larger but for rounding
   * @param atBound whether an end of the range was best: the images do not say where to stop
   */
  public record Fit(double temperature, double lossBefore, double lossAfter, boolean atBound) {}

  /** The scores of the classes of a sample, which a temperature divides. */
  private interface Scores {
    double[] of(int sample);
  }

  private final Scores scores;
  private final ValidationOutputs outputs;

  private Temperature(Scores scores, ValidationOutputs outputs) {
    this.scores = scores;
    this.outputs = outputs;
  }

  /**
   * The best temperature of one member's logits, whatever it has now.
   *
   * @param member its number, from 0
   */
  public static Fit ofMember(ValidationOutputs outputs, int member) {
    MemberOutputs logits = outputs.members().get(member);
    return new Temperature(sample -> widened(logits.logits(sample)), outputs).fit();
  }

  /**
   * The best temperature of an average: applied to the logarithms of the averaged probabilities,
   * whatever temperature the average has now.
   *
   * @throws ConvoyException of kind RESOURCE where those logarithms do not fit
   */
  public static Fit ofAverage(ValidationOutputs outputs, OutputAverage average) {
    Heap.require(
        (long) outputs.samples() * outputs.classes() * Double.BYTES, "averaged probabilities");
    OutputAverage plain = average.atTemperature(1);
    double[][] logarithms = new double[outputs.samples()][];
    for (int sample = 0; sample < logarithms.length; sample++) {
      logarithms[sample] = outputs.probabilities(plain, sample);
      for (int label = 0; label < logarithms[sample].length; label++) {
        double share = Math.max(logarithms[sample][label], OutputAverage.LEAST);
        logarithms[sample][label] = StrictMath.log(share);
      }
    }
    return new Temperature(sample -> logarithms[sample], outputs).fit();
  }

  static double require(double temperature) {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw ConvoyException.usage("a temperature must be above 0, and finite; got %s", temperature);
    }
    return temperature;
  }

  private static double[] widened(float[] logits) {
    double[] wide = new double[logits.length];
    for (int label = 0; label < wide.length; label++) {
      wide[label] = logits[label];
    }
    return wide;
  }

  private Fit fit() {
    double low = StrictMath.log(LEAST);
    double high = StrictMath.log(MOST);
    double slopeAtLow = slope(low);
    double slopeAtHigh = slope(high);
    if (slopeAtLow == 0 && slopeAtHigh == 0) {
      return fitted(1, false); // all classes score alike: no temperature matters
    }
    if (slopeAtLow <= 0) {
      return fitted(LEAST, true);
    }
    if (slopeAtHigh >= 0) {
      return fitted(MOST, true);
    }
    UnivariateFunction slope = this::slope;
    BrentSolver solver = new BrentSolver(ACCURACY, ACCURACY);
    return fitted(StrictMath.exp(solver.solve(MOST_EVALUATIONS, slope, low, high, 0)), false);
  }

  private Fit fitted(double temperature, boolean atBound) {
    return new Fit(temperature, loss(1), loss(temperature), atBound);
  }

  /** The slope of the summed loss along 1 / T, at exp(logarithm). Falls as T grows. */
  private double slope(double logarithm) {
    double temperature = StrictMath.exp(logarithm);
    double slope = 0;
    for (int sample = 0; sample < outputs.samples(); sample++) {
      double[] score = scores.of(sample);
      double largest = largest(score);
      double sum = 0;
      double moment = 0;
      for (double one : score) {
        double share = StrictMath.exp((one - largest) / temperature);
        sum += share;
        moment += share * (one - largest);
      }
      slope += moment / sum - (score[outputs.label(sample)] - largest);
    }
    return slope;
  }

  private double loss(double temperature) {
    double loss = 0;
    for (int sample = 0; sample < outputs.samples(); sample++) {
      double[] score = scores.of(sample);
      double largest = largest(score);
      double sum = 0;
      for (double one : score) {
        sum += StrictMath.exp((one - largest) / temperature);
      }
      loss += StrictMath.log(sum) - (score[outputs.label(sample)] - largest) / temperature;
    }
    return loss / outputs.samples();
  }

  private static double largest(double[] score) {
    double largest = score[0];
    for (double one : score) {
      largest = Math.max(largest, one);
    }
    return largest;
  }
}
