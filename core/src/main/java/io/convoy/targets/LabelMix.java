package io.convoy.targets;

import java.util.HashSet;
import java.util.List;

/**
 * The sample is of several classes, each by a weight: a mixture of samples (mixup, Zhang et al.
 * 2018), soft labels, or several labels at once. Weights need not add up to 1.
 *
 * @param parts at least one, each of another class
 */
public record LabelMix(List<Part> parts) implements Target {
  /**
   * A class and its weight.
   *
   * @param label of the class, at least 0
   * @param weight a finite number, at least 0
   */
  public record Part(int label, float weight) {
    public Part {
      if (label < 0 || !(weight >= 0 && Float.isFinite(weight))) {
        throw new IllegalArgumentException(
            "a label is at least 0, its weight a finite number that is at least 0; got label="
                + label
                + ", weight="
                + weight);
      }
    }
  }

  public LabelMix {
    parts = List.copyOf(parts);
    if (parts.isEmpty()
        || new HashSet<>(parts.stream().map(Part::label).toList()).size() != parts.size()) {
      throw new IllegalArgumentException(
          "a mix has at least one part, each of another label; got " + parts);
    }
  }
}
