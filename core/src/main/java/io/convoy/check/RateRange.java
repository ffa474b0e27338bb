package io.convoy.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A range test of learning rates (Smith 2015, 2017): the rate grows by the same factor with each
 * step, and the loss, smoothed, tells where it begins to fall, where it falls fastest, and where it
 * blows up, which is to be worse than at the start. A good rate lies between the first and the
 * last; a tenth of the last is a fair guess.
 */
final class RateRange {
  static final String NAME = "learning rate";

  private static final int STEPS = 100;

  /** Fewer tell nothing, however long they take. */
  private static final int LEAST_STEPS = 20;

  private static final double LOWEST = 1e-6;
  private static final double HIGHEST = 10;

  /** How much of the smoothed loss stays at each step. */
  private static final double SMOOTHING = 0.8;

  /** Of the whole fall, what counts as its beginning. */
  private static final double BEGUN = 0.1;

  /** Steps at the lowest rates whose mean loss is that at the start. */
  private static final int AT_START = 10;

  /** How far above where it began, in times, the loss ends the test. */
  private static final double ENDS = 4;

  /** What the loss must fall by at least, of its start. */
  private static final double LEAST_FALL = 0.02;

  private final double own;
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private double average;

  private RateRange(double own) {
    this.own = own;
  }

  static CheckFinding check(Bench bench) {
    RateRange range = new RateRange(bench.rate());
    double highest = Math.max(HIGHEST, 10 * bench.rate());
    boolean diverged = false;
    int step = 0;
    int steps = STEPS;
    double place = 0; // of the rate between lowest and highest, on a logarithmic scale
    try (Trial trial = bench.trial(bench.recipe(), bench.images(), STEPS)) {
      for (; step < steps && !range.isOver(); step++) {
        bench.listener().at(step, steps);
        double rate = LOWEST * StrictMath.pow(highest / LOWEST, place);
        range.add(rate, trial.step(rate / bench.rate()).loss());
        steps = affordable(bench.budget(), step + 1, steps);
        place += (1 - place) / Math.max(1, steps - 1 - step);
      }
    } catch (ConvoyException e) {
      if (e.kind() != ConvoyException.Kind.DIVERGED) {
        throw e;
      }
      diverged = true;
    }
    return range.finding(diverged).shortenedTo(steps, STEPS, "steps");
  }

  /** The rates stand farther apart where there is no time for all steps. */
  private static int affordable(Budget budget, int done, int steps) {
    return (int) Math.max(Math.max(done, LEAST_STEPS), Math.min(steps, budget.affords(done)));
  }

  /** Takes the loss of a step, before its update: what the rates before it have come to. */
  private void add(double rate, double loss) {
    average = SMOOTHING * average + (1 - SMOOTHING) * loss;
    rates.add(rate);
    losses.add(average / (1 - StrictMath.pow(SMOOTHING, rates.size())));
  }

  private boolean isOver() {
    return !losses.isEmpty() && losses.get(losses.size() - 1) > ENDS * losses.get(0);
  }

  private CheckFinding finding(boolean diverged) {
    return of(rates, losses, diverged, own);
  }

  /**
   * What losses tell.
   *
   * @param losses smoothed, one for each rate
   * @param diverged whether the loss was no number behind the last
   */
  static CheckFinding of(List<Double> rates, List<Double> losses, boolean diverged, double own) {
    ObjectNode figures = figures(rates, losses, own);
    int lowest = lowest(losses);
    double start = losses.stream().limit(AT_START).mapToDouble(d -> d).average().orElse(0);
    double fall = losses.isEmpty() ? 0 : start - losses.get(lowest);
    if (fall <= LEAST_FALL * Math.abs(start)) {
      return CheckFinding.of(
          NAME, false, "the loss falls at no rate", "look at the checks above first", figures);
    }
    int begin = lowest;
    while (begin > 0 && losses.get(begin - 1) < start - BEGUN * fall) {
      begin--;
    }
    int end = lowest;
    while (end < losses.size() && losses.get(end) <= start) {
      end++;
    }
    boolean blows = end < losses.size() || diverged;
    double least = rates.get(begin);
    double most = rates.get(Math.min(end, losses.size() - 1));
    double suggestion = Math.max(least, most / 10);
    figures
        .put("fallsFrom", least)
        .put("steepest", rates.get(steepest(losses, begin, lowest)))
        .put("lowest", rates.get(lowest))
        .put("blowsUp", blows ? most : null)
        .put("suggestion", suggestion);
    String found =
        "the loss falls from %s on, fastest at %s, %s %s; try %s"
            .formatted(
                Rates.text(least),
                Rates.text(rates.get(steepest(losses, begin, lowest))),
                blows ? "blows up at" : "and does not blow up until",
                Rates.text(most),
                Rates.text(suggestion));
    boolean good = own >= least && own < most;
    return CheckFinding.of(NAME, good, found, advice(own, good, most), figures);
  }

  private static String advice(double own, boolean good, double most) {
    String highest = "the recipe's highest rate, %s, ".formatted(Rates.text(own));
    if (good) {
      return highest + "lies in that range";
    }
    return highest
        + (own >= most
            ? "is too high: lower it, or give it a long warm-up"
            : "is so low that little is learnt in a step: raise it");
  }

  private static ObjectNode figures(List<Double> rates, List<Double> losses, double own) {
    ObjectNode figures = Json.object().put("own", own);
    ArrayNode curve = figures.putArray("curve");
    for (int i = 0; i < rates.size(); i++) {
      curve.addObject().put("rate", rates.get(i)).put("loss", losses.get(i));
    }
    return figures;
  }

  private static int lowest(List<Double> losses) {
    int lowest = 0;
    for (int i = 1; i < losses.size(); i++) {
      lowest = losses.get(i) < losses.get(lowest) ? i : lowest;
    }
    return lowest;
  }

  private static int steepest(List<Double> losses, int from, int to) {
    int steepest = from;
    double most = 0;
    for (int i = Math.max(1, from); i <= to; i++) {
      double fall = losses.get(i - 1) - losses.get(i);
      steepest = fall > most ? i : steepest;
      most = Math.max(most, fall);
    }
    return steepest;
  }
}
