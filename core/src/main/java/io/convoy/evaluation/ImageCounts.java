package io.convoy.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What became of some images of a set: what a task sends as JSON.
 *
 * @param single where each image has one label; else null
 * @param several where it may have several; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageCounts(EvaluationCounts single, LabelsCounts several) {
  public ImageCounts {
    if ((single == null) == (several == null)) {
      throw new IllegalArgumentException(
          "images have one label each, or several: got %s, %s".formatted(single, several));
    }
  }

  /** The counts of both, which have no image in common. */
  public ImageCounts plus(ImageCounts other) {
    if ((single == null) != (other.single == null)) {
      throw new IllegalArgumentException("counts of single labels and of several have no sum");
    }
    return single == null
        ? new ImageCounts(null, several.plus(other.several))
        : new ImageCounts(single.plus(other.single), null);
  }

  /**
   * The figures of a whole set.
   *
   * @param names of the classes, in the classifier's order
   * @throws io.convoy.error.ConvoyException of kind DATA without an image
   */
  public EvaluationReport report(List<String> names) {
    return single == null ? LabelsReport.of(several, names) : EvaluationReport.of(single, names);
  }
}
