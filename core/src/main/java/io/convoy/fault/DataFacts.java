package io.convoy.fault;

import io.convoy.data.ChannelSums;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.PixelDigests;
import io.convoy.data.augment.TrainingPixels;
import io.convoy.data.image.Framing;
import io.convoy.train.TrainingSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a training's images, each of which is decoded once for it.
 *
 * @param classes by label
 * @param counts training images of each class; one with several labels is of several
 * @param severalLabels whether images may have several
 * @param pixels sums of the training images
 * @param validation of those held back, which are trained on as well
 * @param test of the test set, likewise; of 0 images without one
 * @param contradicting training images that are equal to one with other labels
 */
public record DataFacts(
    List<String> classes,
    int[] counts,
    boolean severalLabels,
    ChannelSums pixels,
    Pairs validation,
    Pairs test,
    Pairs contradicting) {
  private static final int NAMED = 3;

  /**
   * Images that are equal to another.
   *
   * @param images that were looked at
   * @param equal of them, that are
   * @param examples the first of these, in words
   */
  public record Pairs(int images, int equal, List<String> examples) {
    static final Pairs NONE = new Pairs(0, 0, List.of());

    double share() {
      return images == 0 ? 0 : (double) equal / images;
    }

    String named() {
      return String.join("; ", examples);
    }
  }

  /** Told how images are read. */
  public interface Progress {
    /** A set begins. */
    void begins(String set, long images);

    /** So many images of it were read; called by any thread, several at a time. */
    void at(long done);
  }

  /**
   * Reads all images.
   *
   * @param split of the training set
   * @param test the test set; null for none
   * @param threads that read, at least 1
   * @param progress told of what is read, set by set
   * @throws io.convoy.error.ConvoyException when an image cannot be read
   */
  public static DataFacts of(
      TrainingSplit split, SampleSource test, int threads, Progress progress) {
    SampleSource training = split.training();
    PixelDigests digests = digests("training images", training, threads, progress);
    Collector contradicting = new Collector(training.size());
    EqualImages known =
        new EqualImages(
            digests,
            (row, first) -> {
              if (!Arrays.equals(training.labels(row), training.labels(first))) {
                contradicting.add(
                    "%s is %s, and %s is %s"
                        .formatted(
                            training.describe(first),
                            labels(training, first),
                            training.describe(row),
                            labels(training, row)));
              }
            });
    return new DataFacts(
        training.classes(),
        counts(training),
        training.severalLabels(),
        digests.sums(),
        leaked("validation images", known, training, split.validation(), threads, progress),
        leaked("test images", known, training, test, threads, progress),
        contradicting.pairs());
  }

  /** Equal images that are too few for a fault, in words. */
  public List<String> few() {
    List<String> few = new ArrayList<>();
    LeakedImages.fewIn(validation, "of validation").ifPresent(few::add);
    LeakedImages.fewIn(test, "of the test set").ifPresent(few::add);
    ContradictingLabels.fewIn(contradicting).ifPresent(few::add);
    return few;
  }

  /** What to say where nobody looked at the images. */
  static Optional<String> missing(Evidence evidence) {
    return evidence.data() == null
        ? Optional.of("the images were not looked at")
        : Optional.empty();
  }

  private static PixelDigests digests(
      String set, SampleSource source, int threads, Progress progress) {
    progress.begins(set, source.size());
    return new TrainingPixels(source, Framing.STORED, threads, (done, total) -> progress.at(done))
        .digests();
  }

  private static int[] counts(SampleSource training) {
    int[] counts = new int[training.classes().size()];
    for (int row = 0; row < training.size(); row++) {
      for (int label : training.labels(row)) {
        counts[label]++;
      }
    }
    return counts;
  }

  private static String labels(SampleSource source, int row) {
    return Arrays.stream(source.labels(row))
        .mapToObj(label -> "\"" + source.classes().get(label) + "\"")
        .toList()
        .toString()
        .replaceAll("^\\[|\\]$", "");
  }

  private static Pairs leaked(
      String set,
      EqualImages known,
      SampleSource training,
      SampleSource held,
      int threads,
      Progress progress) {
    if (held == null) {
      return Pairs.NONE;
    }
    PixelDigests digests = digests(set, held, threads, progress);
    Collector leaked = new Collector(held.size());
    for (int row = 0; row < held.size(); row++) {
      int first = known.first(digests, row);
      if (first >= 0) {
        leaked.add("%s is %s".formatted(held.describe(row), training.describe(first)));
      }
    }
    return leaked.pairs();
  }

  private static final class Collector {
    private final int images;
    private final List<String> examples = new ArrayList<>();
    private int equal;

    Collector(int images) {
      this.images = images;
    }

    void add(String example) {
      equal++;
      if (examples.size() < NAMED) {
        examples.add(example);
      }
    }

    Pairs pairs() {
      return new Pairs(images, equal, List.copyOf(examples));
    }
  }
}
