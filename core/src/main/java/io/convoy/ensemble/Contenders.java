package io.convoy.ensemble;

import io.convoy.ensemble.ValidationScore.Goal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What members' outputs can be made into: each alone, and their averages. */
public final class Contenders {
  /** Of an equal share: a smaller weight costs a pass and changes nothing. */
  private static final double TRACE = 0.01;

  /** Members of the largest average that a selection with replacement tries. */
  private static final int ROUNDS = 50;

  private Contenders() {}

  /**
   * Each member, then their equal average, that with weights by validation ({@link
   * MixtureWeights}), and the selection with replacement ({@link GreedySelection}). Each has the
   * temperature that is best for it: outputs are averaged first, then scaled.
   *
   * @param outputs at temperature 1
   */
  public static List<Contender> of(ValidationOutputs outputs) {
    int members = outputs.members().size();
    List<Contender> contenders = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      contenders.add(
          Contender.ofOutputs("member:" + (i + 1), name(i, outputs), outputs, alone(i, members)));
    }
    if (members > 1) {
      addAverages(contenders, outputs.atTemperatures(temperatures(contenders)));
    }
    return contenders;
  }

  private static List<Double> temperatures(List<Contender> alone) {
    return alone.stream().map(one -> one.average().temperature()).toList();
  }

  private static void addAverages(List<Contender> contenders, ValidationOutputs outputs) {
    int members = outputs.members().size();
    contenders.add(
        Contender.ofOutputs(
            "equal",
            "the equal average of %s members' outputs".formatted(members),
            outputs,
            OutputAverage.equal(members).weights()));
    List<Double> fitted = withoutTraces(MixtureWeights.fit(outputs).weights());
    contenders.add(averaged("weighted", "weighted by validation", outputs, fitted));
    List<Double> selected =
        GreedySelection.select(outputs, Goal.LOSS, 1, Math.max(ROUNDS, members)).weights();
    contenders.add(averaged("selected", "selected by validation", outputs, selected));
  }

  private static String name(int member, ValidationOutputs outputs) {
    return "member %s, %s".formatted(member + 1, outputs.members().get(member).name());
  }

  private static List<Double> alone(int member, int members) {
    List<Double> weights = new ArrayList<>(Collections.nCopies(members, 0.0));
    weights.set(member, 1.0);
    return weights;
  }

  private static Contender averaged(
      String key, String how, ValidationOutputs outputs, List<Double> weights) {
    long taken = weights.stream().filter(weight -> weight > 0).count();
    String name =
        taken == 1
            ? "the one member that was %s".formatted(how)
            : "the average of %s members' outputs %s".formatted(taken, how);
    return Contender.ofOutputs(key, name, outputs, weights);
  }

  private static List<Double> withoutTraces(List<Double> weights) {
    double least = TRACE / weights.size();
    double sum = 0;
    for (double weight : weights) {
      sum += weight < least ? 0 : weight;
    }
    List<Double> kept = new ArrayList<>();
    for (double weight : weights) {
      kept.add(weight < least ? 0 : Math.min(1, weight / sum));
    }
    return kept;
  }
}
