package io.convoy.evaluation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Comparator;

/**
 * A cell of the confusion matrix that is not empty. In JSON {@code [label, predicted, images]}.
 *
 * @param label the row: the true class, from 0
 * @param predicted the column: the class that was predicted, from 0
 * @param images how many, at least 1
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"label", "predicted", "images"})
public record ConfusionCell(int label, int predicted, long images) {
  /** Row by row. */
  static final Comparator<ConfusionCell> ORDER =
      Comparator.comparingInt(ConfusionCell::label).thenComparingInt(ConfusionCell::predicted);

  public ConfusionCell {
    if (label < 0 || predicted < 0 || images < 1) {
      throw new IllegalArgumentException(
          "a cell is of two classes, from 0, and an image at least: got %s, %s, %s"
              .formatted(label, predicted, images));
    }
  }

  /** Whether the prediction is the truth. */
  boolean correct() {
    return label == predicted;
  }
}
