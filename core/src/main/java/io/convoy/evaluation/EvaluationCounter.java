package io.convoy.evaluation;

import io.convoy.inference.Softmax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Counts what becomes of images, one by one. Several counters share out a set as they like, each
 * image to one of them: the sum of their {@link #counts} is the same, bit for bit. All is counted
 * in whole numbers, or added exactly, so nobody has to keep results by block and add them in order.
 *
 * <p>An image is correct where {@link Softmax#likeliest} is its class, as the loss of training
 * counts it. An image whose loss is no finite number (a logit is NaN or plus infinity, or that of
 * its class minus infinity) is a mistake without a prediction: it is counted apart, and has no part
 * in loss, calibration and confusions.
 *
 * <p>Memory: a few words for each pair of classes that are confused, at most one for each image.
 * For one thread at a time.
 */
public final class EvaluationCounter {
  /** How many mistakes are kept unless told otherwise. */
  public static final int MISTAKES = 64;

  /** An image counts for the top five where its class is among the five likeliest. */
  static final int TOP = 5;

  private final int classes;
  private final int keptMistakes;
  private final SortedMap<Long, Long> confusion = new TreeMap<>(); // by label · classes + predicted
  private final SortedMap<Integer, Long> nonFinite = new TreeMap<>();
  private final ConfidenceBin[] bins = new ConfidenceBin[ConfidenceBin.COUNT];
  private final PriorityQueue<CountedMistake> mistakes = // the least confident one comes first
      new PriorityQueue<>(CountedMistake.ORDER.reversed());
  private LossSums loss = LossSums.ZERO;
  private long topFive;

  /** Keeps the {@value #MISTAKES} most confident mistakes. */
  public EvaluationCounter(int classes) {
    this(classes, MISTAKES);
  }

  /**
   * @param classes of the classifier, at least 1
   * @param keptMistakes how many of the most confident mistakes are kept, from 0
   * @throws IllegalArgumentException for fewer
   */
  public EvaluationCounter(int classes, int keptMistakes) {
    EvaluationCounts.requireSizes(classes, keptMistakes);
    this.classes = classes;
    this.keptMistakes = keptMistakes;
    Arrays.fill(bins, ConfidenceBin.EMPTY);
  }

  /**
   * Counts an image.
   *
   * @param sample its number in the set, from 0; each once
   * @param logits one a class
   * @param label its true class
   * @throws IllegalArgumentException for another number of logits, or a label that is no class
   */
  public void count(int sample, float[] logits, int label) {
    if (logits.length != classes || label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "sample %s: %s logits and label %s, for %s classes"
              .formatted(sample, logits.length, label, classes));
    }
    double likelihoodLoss = Softmax.negativeLogLikelihood(logits, label);
    if (!Double.isFinite(likelihoodLoss)) {
      nonFinite.merge(label, 1L, Long::sum);
      return;
    }
    double[] scores = IntStream.range(0, classes).mapToDouble(i -> logits[i]).toArray();
    int predicted = Softmax.likeliest(logits);
    count(sample, scores, predicted, Softmax.probabilities(logits)[predicted], label);
    loss = loss.plus(LossSums.of(likelihoodLoss));
  }

  /**
   * Counts an image of which there are probabilities alone, as of an ensemble. Its loss is the
   * negative logarithm of that of its class. A probability that is 0, which rounding can make of
   * one, counts as the smallest there is, {@link Double#MIN_VALUE}: a loss of 744.4 nats.
   *
   * @param sample its number in the set, from 0; each once
   * @param probabilities one a class, each in [0, 1]; where one is NaN, the image is a mistake
   *     without a prediction
   * @param label its true class
   * @throws IllegalArgumentException for another number of probabilities, or a label that is no
   *     class
   */
  public void count(int sample, double[] probabilities, int label) {
    if (probabilities.length != classes || label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "sample %s: %s probabilities and label %s, for %s classes"
              .formatted(sample, probabilities.length, label, classes));
    }
    if (Arrays.stream(probabilities).anyMatch(Double::isNaN)) {
      nonFinite.merge(label, 1L, Long::sum);
      return;
    }
    int predicted = Softmax.likeliest(probabilities);
    count(sample, probabilities, predicted, probabilities[predicted], label);
    double ofLabel = Math.min(1, Math.max(Double.MIN_VALUE, probabilities[label]));
    loss = loss.plus(LossSums.of(-StrictMath.log(ofLabel)));
  }

  private void count(int sample, double[] scores, int predicted, double confidence, int label) {
    topFive += rank(scores, label) < TOP ? 1 : 0;
    confusion.merge((long) label * classes + predicted, 1L, Long::sum);
    int bin = ConfidenceBin.index(confidence);
    bins[bin] = bins[bin].plus(ConfidenceBin.of(confidence, predicted == label));
    if (predicted != label) {
      keep(new CountedMistake(sample, label, predicted, confidence));
    }
  }

  /** How many classes are likelier; of equal ones the first is. */
  private static int rank(double[] scores, int label) {
    return (int)
        IntStream.range(0, scores.length)
            .filter(
                other ->
                    scores[other] > scores[label]
                        || (scores[other] == scores[label] && other < label))
            .count();
  }

  private void keep(CountedMistake mistake) {
    mistakes.add(mistake);
    if (mistakes.size() > keptMistakes) {
      mistakes.remove();
    }
  }

  /** What has been counted until now. */
  public EvaluationCounts counts() {
    List<ConfusionCell> cells = new ArrayList<>();
    for (Map.Entry<Long, Long> entry : confusion.entrySet()) {
      int label = (int) (entry.getKey() / classes);
      int predicted = (int) (entry.getKey() % classes);
      cells.add(new ConfusionCell(label, predicted, entry.getValue()));
    }
    List<CountedMistake> kept = mistakes.stream().sorted(CountedMistake.ORDER).toList();
    return new EvaluationCounts(
        classes, keptMistakes, cells, nonFinite, topFive, loss, List.of(bins), kept);
  }
}
