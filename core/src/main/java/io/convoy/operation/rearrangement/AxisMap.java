package io.convoy.operation.rearrangement;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear map along one axis: which places of the input an output is the weighted sum of.
 *
 * @param inputs places of the input
 * @param terms those of each output, in ascending order of places
 */
public record AxisMap(int inputs, List<List<Term>> terms) {
  /** A place and its weight. */
  public record Term(int place, float weight) {}

  /** Places of the output. */
  public int outputs() {
    return terms.size();
  }

  /** Zeros before and after. */
  public static AxisMap padded(int inputs, int before, int after) {
    List<List<Term>> terms = new ArrayList<>();
    for (int out = 0; out < before + inputs + after; out++) {
      int place = out - before;
      terms.add(place < 0 || place >= inputs ? List.of() : List.of(new Term(place, 1)));
    }
    return new AxisMap(inputs, terms);
  }

  /** Each place {@code scale} times. */
  public static AxisMap repeated(int inputs, int scale) {
    List<List<Term>> terms = new ArrayList<>();
    for (int out = 0; out < inputs * scale; out++) {
      terms.add(List.of(new Term(out / scale, 1)));
    }
    return new AxisMap(inputs, terms);
  }

  /**
   * A straight line between neighbours, where output o lies at {@code (o + 1/2) / scale - 1/2}; the
   * outermost values go on past the edge.
   */
  public static AxisMap interpolated(int inputs, int scale) {
    List<List<Term>> terms = new ArrayList<>();
    for (int out = 0; out < inputs * scale; out++) {
      double at = Math.max(0, (out + 0.5) / scale - 0.5);
      int place = (int) at;
      float far = (float) (at - place);
      boolean alone = far == 0 || place + 1 == inputs;
      terms.add(
          alone
              ? List.of(new Term(place, 1))
              : List.of(new Term(place, 1 - far), new Term(place + 1, far)));
    }
    return new AxisMap(inputs, terms);
  }

  /** The map of gradients: from the places of the output to those of the input. */
  public AxisMap transposed() {
    List<List<Term>> back = new ArrayList<>();
    for (int place = 0; place < inputs; place++) {
      back.add(new ArrayList<>());
    }
    for (int out = 0; out < outputs(); out++) {
      for (Term term : terms.get(out)) {
        back.get(term.place).add(new Term(out, term.weight));
      }
    }
    return new AxisMap(outputs(), back);
  }
}
