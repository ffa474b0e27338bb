package io.convoy.data.reader;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileDigests;
import io.convoy.data.LabelSets;
import io.convoy.data.PackedOrder;
import io.convoy.data.folder.FolderSurvey;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images, each found and labelled.
 *
 * @param place where they were found, for messages
 * @param classes by label
 * @param sets what the samples' numbers stand for
 * @param allNeeded whether each class needs an image
 * @param samples in their order
 * @param notes what a user may not expect
 */
record LabelledImages(
    String place,
    List<String> classes,
    LabelSets sets,
    boolean allNeeded,
    List<StoredImage> samples,
    List<String> notes) {

  /**
   * The same images in another order.
   *
   * @param order null for that in which they are
   */
  LabelledImages inOrderOf(PackedOrder order) {
    return order == null ? this : with(order.sorted(samples), notes);
  }

  /** The same images, with something more to tell. */
  LabelledImages telling(String note) {
    List<String> told = new ArrayList<>(notes);
    told.add(note);
    return with(samples, told);
  }

  private LabelledImages with(List<StoredImage> others, List<String> told) {
    return new LabelledImages(place, classes, sets, allNeeded, others, told);
  }

  /** The bytes of all files. */
  long bytes() {
    return samples.stream().mapToLong(StoredImage::length).sum();
  }

  /**
   * What an examination leaves of them.
   *
   * @param known of these images, in their order
   * @throws ConvoyException of kind DATA when a class that needs an image keeps none
   */
  LabelledImages whole(FileDigests known) {
    if (!known.leavesOutAny()) {
      return this;
    }
    List<StoredImage> whole =
        IntStream.range(0, samples.size())
            .filter(index -> !known.leavesOut(index))
            .mapToObj(samples::get)
            .toList();
    List<String> damaged =
        IntStream.range(0, samples.size())
            .filter(known::leavesOut)
            .mapToObj(index -> samples.get(index).name())
            .toList();
    requireClasses(whole);
    List<String> told = new ArrayList<>(notes);
    told.add(
        "%s: left out %s as damaged: %s"
            .formatted(place, damaged.size(), FolderSurvey.some(damaged)));
    return with(whole, told);
  }

  private void requireClasses(List<StoredImage> whole) {
    if (whole.isEmpty()) {
      throw ConvoyException.data("%s: all images are damaged: replace them", place);
    }
    List<String> missing = without(whole);
    if (allNeeded && !missing.isEmpty()) {
      throw ConvoyException.data(
          "%s: there is no image of %s that is not damaged; every class needs one: replace its"
              + " images, or take the class away",
          place, FolderSurvey.some(missing));
    }
  }

  /** The classes of which there is no image. */
  List<String> missing() {
    return without(samples);
  }

  private List<String> without(List<StoredImage> images) {
    boolean[] there = new boolean[classes.size()];
    for (StoredImage image : images) {
      for (int label : sets.labels(image.label())) {
        there[label] = true;
      }
    }
    return IntStream.range(0, there.length)
        .filter(label -> !there[label])
        .mapToObj(classes::get)
        .toList();
  }
}
