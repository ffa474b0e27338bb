package io.convoy.pack.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.pack.PackDescription;
import java.util.List;

/**
 * All that the bytes of packed sets follow from: a job that was killed goes on where it is the
 * same.
 *
 * @param format version of the format
 * @param seed of the random order
 * @param groupBytes the most bytes of a row group of several images
 * @param resizeShorter what the shorter side of larger images is resized to; 0 for not
 * @param quality of resized images; 0 for their own
 * @param sets what is packed
 */
record PackPlan(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) long seed,
    @JsonProperty(required = true) long groupBytes,
    @JsonProperty(required = true) int resizeShorter,
    @JsonProperty(required = true) int quality,
    @JsonProperty(required = true) List<PlannedSet> sets) {

  /**
   * A set.
   *
   * @param name empty where it is the only one
   * @param classes by label
   * @param labelSets as {@link ClassLabels} has them; null for single labels
   * @param images that are to be packed
   * @param bytes of them
   * @param listing of what is known of them without reading them
   * @param files how many are written
   */
  record PlannedSet(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) List<String> classes,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<List<Integer>> labelSets,
      @JsonProperty(required = true) long images,
      @JsonProperty(required = true) long bytes,
      @JsonProperty(required = true) String listing,
      @JsonProperty(required = true) int files) {}

  static PackPlan of(PackOptions options, List<PlannedSet> sets) {
    return new PackPlan(
        PackDescription.FORMAT,
        options.seed(),
        options.groupBytes(),
        options.resizeShorter(),
        options.quality(),
        sets);
  }
}
