package io.convoy.loss;

import java.util.List;

/**
 * How many samples there are, and how many of them are of each class; one with several labels is of
 * several.
 *
 * @param ofClass by label
 */
public record ClassCounts(long samples, List<Long> ofClass) {
  public ClassCounts {
    ofClass = List.copyOf(ofClass);
  }
}
