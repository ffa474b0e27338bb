package io.convoy.pack.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.pack.PackedFile;
import io.convoy.pack.PackedSums;
import java.util.List;

/**
 * What a task has written: one file.
 *
 * @param number of the file
 * @param file null where no image of it can be read
 * @param imagesByClass how many it has, by label; with several labels an image, by the number of
 *     their set
 * @param heights the smallest and the largest, in pixels
 * @param widths the smallest and the largest, in pixels
 * @param grey sums of grey values
 * @param rgb sums of red, green and blue
 * @param rejected how many images cannot be read
 * @param firstRejected the first of them
 * @param extraneous JPEG images with bytes that do not belong there
 * @param coarse JPEG images that lack scans
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PackedPart(
    @JsonProperty(required = true) int number,
    PackedFile file,
    @JsonProperty(required = true) List<Long> imagesByClass,
    @JsonProperty(required = true) List<Integer> heights,
    @JsonProperty(required = true) List<Integer> widths,
    @JsonProperty(required = true) PackedSums grey,
    @JsonProperty(required = true) PackedSums rgb,
    @JsonProperty(required = true) long rejected,
    @JsonProperty(required = true) List<Rejected> firstRejected,
    OddImages extraneous,
    OddImages coarse) {
  PackedPart {
    extraneous = extraneous == null ? OddImages.NONE : extraneous;
    coarse = coarse == null ? OddImages.NONE : coarse;
  }
}
