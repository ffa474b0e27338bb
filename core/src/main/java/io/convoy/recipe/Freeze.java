package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * Arrays that stay as they are, for the whole training or for its first epochs. In JSON an object,
 * or the pattern alone.
 *
 * @param names a pattern of their names, as {@link NamePattern} reads it
 * @param epochs how many, from the first on; 0, the default, for all
 */
public record Freeze(String names, int epochs) {
  public Freeze {
    NamePattern.require("fineTuning.freeze", names);
    if (epochs < 0) {
      throw ConvoyException.usage(
          "fineTuning.freeze: epochs must be at least 0 (all epochs); got %d", epochs);
    }
  }

  /** For the whole training. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Freeze of(String names) {
    return new Freeze(names, 0);
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static Freeze parse(@JsonProperty("names") String names, @JsonProperty("epochs") int epochs) {
    return new Freeze(names, epochs);
  }

  /** The first epoch, from 0, in which they are trained. */
  int until() {
    return epochs == 0 ? FineTuning.FOR_GOOD : epochs;
  }
}
