package io.convoy.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * An image that was predicted as what it is not.
 *
 * @param sample its number in the set, from 0
 * @param path where it lies; null where nobody has said so
 * @param label its true class, by name
 * @param predicted the class that it was taken for, by name
 * @param probability of that class, in [0, 1]
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mistake(int sample, String path, String label, String predicted, double probability) {
  public Mistake {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(predicted, "predicted");
  }

  /** The same with its path. */
  Mistake at(String itsPath) {
    return new Mistake(sample, itsPath, label, predicted, probability);
  }
}
