package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a training starts from, and which of its parameters it moves: weights that others trained,
 * layers that stay as they are, rates of their own.
 *
 * @param weights where the weights are: a safetensors or an ONNX file, or the folder of a run or a
 *     checkpoint; null to start from the initializers. In a recipe {@code network.weights} says the
 *     same
 * @param sha256 of these weights, in hexadecimal, so that no others are taken; null for whatever
 *     there is. A run keeps that of what it started from
 * @param head what becomes of the last layers; {@code keep} by default
 * @param freeze arrays that no step changes, batch norm's moving averages and averaged weights
 *     included; a frozen batch norm normalises by its moving averages. None by default
 * @param rates arrays with a learning rate of their own; none by default
 */
public record FineTuning(
    @JsonInclude(JsonInclude.Include.NON_NULL) String weights,
    @JsonInclude(JsonInclude.Include.NON_NULL) String sha256,
    Head head,
    List<Freeze> freeze,
    List<RateFactor> rates) {
  /** Epochs of what is never trained: more than any training has. */
  public static final int FOR_GOOD = Integer.MAX_VALUE;

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** What becomes of the layers whose outputs are the network's. */
  public enum Head {
    /** They start from the weights, like all others. */
    @JsonProperty("keep")
    KEEP,
    /** They start from their initializers, whatever the weights have for them. */
    @JsonProperty("replace")
    REPLACE
  }

  public FineTuning {
    freeze = freeze == null ? List.of() : List.copyOf(freeze);
    rates = rates == null ? List.of() : List.copyOf(rates);
    if (weights == null && freeze.isEmpty() && rates.isEmpty()) {
      throw ConvoyException.usage(
          "fineTuning: give weights (what to start from), freeze or rates; got none of them");
    }
    if (weights == null && (sha256 != null || head == Head.REPLACE)) {
      throw ConvoyException.usage(
          "fineTuning.%s goes with fineTuning.weights, which is missing",
          sha256 == null ? "head: replace" : "sha256");
    }
    if (sha256 != null && !SHA256.matcher(sha256).matches()) {
      throw ConvoyException.usage(
          "fineTuning.sha256 must be 64 hexadecimal digits, 0-9 and a-f; got '%s'", sha256);
    }
  }

  @JsonCreator
  static FineTuning of(
      @JsonProperty("weights") String weights,
      @JsonProperty("sha256") String sha256,
      @JsonProperty("head") Head head,
      @JsonProperty("freeze") List<Freeze> freeze,
      @JsonProperty("rates") List<RateFactor> rates) {
    return new FineTuning(weights, sha256, head == null ? Head.KEEP : head, freeze, rates);
  }

  /** From these weights, all of them, and all of them trained. */
  public static FineTuning from(String weights) {
    return of(weights, null, null, null, null);
  }

  /** The same with another head. */
  public FineTuning withHead(Head other) {
    return new FineTuning(weights, sha256, other, freeze, rates);
  }

  /** The same with other frozen arrays. */
  public FineTuning withFreeze(Freeze... frozen) {
    return new FineTuning(weights, sha256, head, List.of(frozen), rates);
  }

  /** The same with other rates. */
  public FineTuning withRates(RateFactor... factors) {
    return new FineTuning(weights, sha256, head, freeze, List.of(factors));
  }

  /** The same of these weights alone. */
  public FineTuning withSha256(String sum) {
    return new FineTuning(weights, sum, head, freeze, rates);
  }

  /**
   * For how many epochs an array stays as it is, from the start: 0 for none, {@link #FOR_GOOD} for
   * all of them. Of several that match, the longest counts.
   *
   * @param name such as {@code conv1.weight}
   */
  public int frozenEpochs(String name) {
    return freeze.stream()
        .filter(frozen -> NamePattern.of(frozen.names()).matches(name))
        .mapToInt(Freeze::until)
        .max()
        .orElse(0);
  }

  /**
   * What the learning rate of an array is multiplied by. Of several that match, the last counts.
   */
  public float rateFactor(String name) {
    return rates.stream()
        .filter(rate -> NamePattern.of(rate.names()).matches(name))
        .map(RateFactor::factor)
        .reduce(1f, (before, after) -> after);
  }

  /**
   * Checks that each pattern means something, and that something is left to train.
   *
   * @throws ConvoyException of kind USAGE when not
   */
  void requireFits(Network network) {
    List<StateLayout.Entry> entries = network.layout().entries();
    freeze.forEach(frozen -> requireMatch("freeze", frozen.names(), entries));
    rates.forEach(rate -> requireMatch("rates", rate.names(), entries));
    boolean trains =
        network.layout().trained().stream()
            .anyMatch(entry -> frozenEpochs(entry.name()) < FOR_GOOD);
    if (!trains) {
      throw ConvoyException.usage(
          "fineTuning.freeze leaves nothing to train: every parameter matches one of %s",
          freeze.stream().map(Freeze::names).toList());
    }
  }

  private static void requireMatch(String key, String names, List<StateLayout.Entry> entries) {
    NamePattern pattern = NamePattern.of(names);
    if (entries.stream().noneMatch(entry -> pattern.matches(entry.name()))) {
      throw ConvoyException.usage(
          "fineTuning.%s: '%s' matches no array of the network; they are called like %s",
          key, names, entries.stream().limit(4).map(StateLayout.Entry::name).toList());
    }
  }
}
