package io.convoy.ensemble;

import io.convoy.error.ConvoyException;
import io.convoy.error.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A candidate, and how it is made of the members: a line of the table that a user can ask for.
 *
 * @param key its short name, such as {@code equal} or {@code member:3}
 * @param kind what is averaged
 * @param members numbers of those that are in it, from 0; of outputs, in the order of weights
 * @param average of outputs: one weight for each of the members; of weights: of the one network
 *     that they have become. With the temperature that is best on the held-back images
 * @param takeable whether it is a choice; if not, it is in the table to compare with
 * @param candidate what it is worth
 */
public record Contender(
    String key,
    Kind kind,
    List<Integer> members,
    OutputAverage average,
    boolean takeable,
    Candidate candidate) {
  /** What is averaged. */
  public enum Kind {
    /** Probabilities: each member runs. */
    OUTPUTS,
    /** Weights: one network runs. */
    WEIGHTS
  }

  private static final List<String> KEYS =
      List.of("equal", "weighted", "selected", "weights", "soup");

  private static final Pattern MEMBER = Pattern.compile("member:[1-9]\\d{0,3}");

  public Contender {
    members = List.copyOf(members);
    int weights = average.weights().size();
    if (members.isEmpty() || weights != (kind == Kind.OUTPUTS ? members.size() : 1)) {
      throw ConvoyException.usage(
          "%s: an average of outputs has a weight for each of its members, one of weights is one"
              + " network; got %d members and %d weights",
          key, members.size(), weights);
    }
  }

  /**
   * An average of outputs, at its best temperature.
   *
   * @param outputs of all members, at their temperatures
   * @param weights one for each of them; those of weight 0 have no part in it
   */
  static Contender ofOutputs(
      String key, String name, ValidationOutputs outputs, List<Double> weights) {
    OutputAverage all = scaled(outputs, weights);
    List<Integer> members =
        IntStream.range(0, weights.size()).filter(i -> weights.get(i) > 0).boxed().toList();
    OutputAverage average =
        new OutputAverage(
            members.stream().map(all.weights()::get).toList(),
            members.stream().map(all.temperatures()::get).toList(),
            all.temperature());
    return new Contender(key, Kind.OUTPUTS, members, average, true, candidate(name, outputs, all));
  }

  /**
   * An average of weights, at its best temperature.
   *
   * @param outputs of the network that has those weights: one member at temperature 1
   * @param members numbers of those whose weights were averaged
   * @param takeable whether it is a choice
   */
  public static Contender ofWeights(
      String key, String name, ValidationOutputs outputs, List<Integer> members, boolean takeable) {
    OutputAverage average = scaled(outputs, List.of(1.0));
    return new Contender(
        key, Kind.WEIGHTS, members, average, takeable, candidate(name, outputs, average));
  }

  private static OutputAverage scaled(ValidationOutputs outputs, List<Double> weights) {
    OutputAverage average = outputs.average(weights);
    return average.atTemperature(Temperature.ofAverage(outputs, average).temperature());
  }

  private static Candidate candidate(
      String name, ValidationOutputs outputs, OutputAverage average) {
    return new Candidate(name, average.passes(), Outcomes.ofAverage(outputs, average));
  }

  /**
   * Refuses what can be no key of anything that can be taken, before it is known what there is.
   *
   * @throws ConvoyException of kind USAGE
   */
  public static void requireKey(String key) {
    if (!KEYS.contains(key) && !MEMBER.matcher(key).matches()) {
      throw ConvoyException.usage(
          "expected one of %s, member:N to take; got '%s'%s",
          String.join(", ", KEYS), key, Nearest.question(key, KEYS));
    }
  }

  /** Its line of the table. */
  public MemberFigures figures() {
    return candidate.figures();
  }

  /**
   * The one of a key.
   *
   * @throws ConvoyException of kind USAGE when there is none that can be taken; the message lists
   *     those that can
   */
  public static Contender named(String key, List<Contender> contenders) {
    List<String> keys = new ArrayList<>();
    for (Contender contender : contenders) {
      if (contender.takeable && contender.key.equals(key)) {
        return contender;
      }
      if (contender.takeable) {
        keys.add(contender.key);
      }
    }
    throw ConvoyException.usage(
        "expected one of %s to take; got '%s'", String.join(", ", keys), key);
  }
}
