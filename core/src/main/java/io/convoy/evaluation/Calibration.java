package io.convoy.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether probabilities are what they say (Guo et al. 2017, section 2). Images are sorted by
 * confidence, the probability of the predicted class, into M = 15 bins of equal width, bin m over
 * ((m - 1) / M, m / M]. The expected calibration error is
 *
 * <pre>
 *   ECE = sum over m of |B_m| / n · |acc(B_m) - conf(B_m)|
 * </pre>
 *
 * <p>where n counts the images that are predicted, acc(B_m) is the share of correct ones in a bin,
 * and conf(B_m) their mean confidence.
 *
 * @param expectedError ECE, in [0, 1]
 * @param bins by confidence, empty ones included: for a reliability diagram
 */
public record Calibration(double expectedError, List<Bin> bins) {
  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * One bin.
   *
   * @param above its lower end, which does not belong to it
   * @param upTo its upper end, which does
   * @param images how many
   * @param confidence their mean confidence; null without an image
   * @param accuracy the share of correct ones; null without an image
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Bin(double above, double upTo, long images, Double confidence, Double accuracy) {}

  /**
   * Of the bins of at least one image.
   *
   * @param bins all of them
   */
  static Calibration of(List<ConfidenceBin> bins) {
    long images = bins.stream().mapToLong(ConfidenceBin::images).sum();
    double gaps = 0;
    for (ConfidenceBin bin : bins) {
      gaps += bin.gap();
    }
    return new Calibration(
        gaps / images, IntStream.range(0, bins.size()).mapToObj(m -> bin(bins.get(m), m)).toList());
  }

  private static Bin bin(ConfidenceBin bin, int m) {
    double width = ConfidenceBin.COUNT;
    boolean empty = bin.images() == 0;
    return new Bin(
        m / width,
        (m + 1) / width,
        bin.images(),
        empty ? null : bin.meanConfidence(),
        empty ? null : bin.accuracy());
  }
}
