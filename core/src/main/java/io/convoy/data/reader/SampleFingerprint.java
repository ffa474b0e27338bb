package io.convoy.data.reader;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.Fingerprint;
import io.convoy.data.RowGroups;
import io.convoy.data.SampleSource;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** The fingerprint of a set of stored images: its frame, then each image. */
final class SampleFingerprint {
  private final Fingerprint sum = new Fingerprint();
  private final boolean several;

  /**
   * @param ordered whether the order of samples in training follows from the row groups
   */
  SampleFingerprint(SampleSource source, boolean ordered) {
    Optional<Shape> shape = source.commonShape();
    if (shape.isPresent()) {
      sum.addFrame(source, shape.get());
    } else {
      sum.addFrame(source, 0, 0, source.channels()); // sizes follow from the files
    }
    if (ordered) {
      RowGroups groups = source.rowGroups();
      sum.add(groups.window()).add(groups.count());
      IntStream.range(0, groups.count()).map(groups::start).forEach(sum::add);
    }
    several = source.severalLabels();
    if (several) {
      sum.add("several labels");
    }
  }

  /**
   * Adds the next image.
   *
   * @param labels that it has
   * @param digest SHA-256 of its bytes
   */
  void add(StoredImage image, int[] labels, byte[] digest) {
    sum.add(image.name());
    if (several) {
      sum.add(labels.length);
    }
    Arrays.stream(labels).forEach(sum::add);
    sum.add(digest, 0, digest.length);
  }

  String hex() {
    return sum.hex();
  }
}
