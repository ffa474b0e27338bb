package io.convoy.ensemble;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Softmax;
import java.util.Arrays;

/**
 * What one member says of a set of images: its logits, [samples, classes] in one array, and the
 * temperature that they are divided by. Filled once by whoever runs the network, then read.
 */
public final class MemberOutputs {
  private final String name;
  private final int samples;
  private final int classes;
  private final float[] logits;
  private final double temperature;

  private MemberOutputs(String name, int samples, int classes, float[] logits, double temperature) {
    this.name = name;
    this.samples = samples;
    this.classes = classes;
    this.logits = logits;
    this.temperature = Temperature.require(temperature);
  }

  /**
   * Takes the memory; all logits are 0, the temperature is 1.
   *
   * @param name of the member, for people
   * @param samples at least 1
   * @param classes at least 1
   * @throws ConvoyException of kind RESOURCE when it cannot fit
   */
  public static MemberOutputs take(String name, int samples, int classes) {
    if (samples < 1 || classes < 1) {
      throw ConvoyException.usage(
          "%s: outputs need at least one sample and one class; got %d and %d",
          name, samples, classes);
    }
    int length = Heap.arrayLength((long) samples * classes, Float.BYTES, "logits of " + name);
    return new MemberOutputs(name, samples, classes, new float[length], 1);
  }

  /** Bytes that the outputs of one member take. */
  public static long bytes(long samples, int classes) {
    return samples * classes * Float.BYTES;
  }

  /**
   * The same logits at another temperature; the memory is shared.
   *
   * @throws ConvoyException of kind USAGE when it is not above 0, or not finite
   */
  public MemberOutputs atTemperature(double other) {
    return new MemberOutputs(name, samples, classes, logits, other);
  }

  /** Sets the logits of a sample: {@link #classes()} floats of {@code from}, at {@code offset}. */
  public void set(int sample, float[] from, int offset) {
    System.arraycopy(from, offset, logits, sample * classes, classes);
  }

  /** The logits of a sample, before the temperature: a copy. */
  public float[] logits(int sample) {
    return Arrays.copyOfRange(logits, sample * classes, (sample + 1) * classes);
  }

  /** The probabilities of the classes of a sample. */
  public double[] probabilities(int sample) {
    return Softmax.probabilities(logits(sample), temperature);
  }

  /** The logarithm of a class's probability, in nats. */
  double logLikelihood(int sample, int label) {
    return -Softmax.negativeLogLikelihood(logits(sample), label, temperature);
  }

  /** How many samples have a logit that is infinite, or no number. */
  public int unusable() {
    int unusable = 0;
    for (int sample = 0; sample < samples; sample++) {
      unusable += isUsable(sample) ? 0 : 1;
    }
    return unusable;
  }

  private boolean isUsable(int sample) {
    for (int i = sample * classes; i < (sample + 1) * classes; i++) {
      if (!Float.isFinite(logits[i])) {
        return false;
      }
    }
    return true;
  }

  public String name() {
    return name;
  }

  public int samples() {
    return samples;
  }

  public int classes() {
    return classes;
  }

  /** What the logits are divided by; 1 unless it was given. */
  public double temperature() {
    return temperature;
  }
}
