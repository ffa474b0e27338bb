package io.convoy.targets;

import io.convoy.error.ConvoyException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sample is of several classes, each by a weight: a mixture of samples (mixup, Zhang et al.
 * 2018), soft labels, or several labels at once. Weights need not add up to 1.
 *
 * @param parts each of another class; at least one where they share one sample
 * @param independent whether each part speaks for its class alone: several labels at once, or none
 */
public record LabelMix(List<Part> parts, boolean independent) implements Target {
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
    if ((parts.isEmpty() && !independent)
        || new HashSet<>(parts.stream().map(Part::label).toList()).size() != parts.size()) {
      throw new IllegalArgumentException(
          "a mix has at least one part, each of another label; got " + parts);
    }
  }

  /** Of parts that share one sample. */
  public LabelMix(List<Part> parts) {
    this(parts, false);
  }

  /**
   * Several labels at once.
   *
   * @param labels of classes, each once; none where the sample is of none
   */
  public static LabelMix ofLabels(int... labels) {
    return new LabelMix(Arrays.stream(labels).mapToObj(label -> new Part(label, 1)).toList(), true);
  }

  /**
   * The mixture of two samples. Two of one class are of that class, two with the same labels have
   * them.
   *
   * @param share of the one, in [0, 1]; the other has the rest
   * @throws ConvoyException of kind DATA where one has no label
   */
  public static Target of(Target one, float share, Target other) {
    boolean independent = areIndependent(one) || areIndependent(other);
    if (one.equals(other) && (one instanceof ClassLabel || independent)) {
      return one;
    }
    Map<Integer, Float> weights = new LinkedHashMap<>();
    add(one, share, weights);
    add(other, 1 - share, weights);
    return new LabelMix(
        weights.entrySet().stream().map(e -> new Part(e.getKey(), e.getValue())).toList(),
        independent);
  }

  private static boolean areIndependent(Target target) {
    return target instanceof LabelMix mix && mix.independent;
  }

  private static void add(Target target, float weight, Map<Integer, Float> weights) {
    if (target instanceof ClassLabel one) {
      weights.merge(one.label(), weight, Float::sum);
    } else if (target instanceof LabelMix mix) {
      mix.parts().forEach(part -> weights.merge(part.label(), weight * part.weight(), Float::sum));
    } else if (target instanceof DenseTarget dense) {
      throw ConvoyException.data(
          "mixup and cutmix mix labels; a sample has a target %s: take both away", dense);
    }
  }
}
