package io.convoy.pack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;

/**
 * The labels that some images of a packed set have.
 *
 * @param labels of classes, in ascending order
 * @param images how many have these and no others
 */
public record PackedLabelSet(
    @JsonProperty(required = true) List<Integer> labels,
    @JsonProperty(required = true) long images) {
  public PackedLabelSet {
    labels = List.copyOf(labels);
  }

  /** How many images have each label. */
  public static List<Long> imagesByClass(List<PackedLabelSet> sets, int classes) {
    Long[] counts = new Long[classes];
    Arrays.fill(counts, 0L);
    for (PackedLabelSet set : sets) {
      for (int label : set.labels) {
        counts[label] += set.images;
      }
    }
    return List.of(counts);
  }
}
