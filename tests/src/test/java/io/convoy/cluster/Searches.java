package io.convoy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.schedule.Cosine;
import io.convoy.search.NumberRange;
import io.convoy.search.SearchOptions;
import io.convoy.search.SearchReport;
import io.convoy.search.SearchSpace;
import io.convoy.search.TrialResult;
import io.convoy.trials.HyperparameterSearch;
import io.convoy.trials.SearchJob;
import io.convoy.trials.SearchListener;
import io.convoy.trials.SearchTrial;
import io.convoy.trials.TrialRecipes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** A small search: the learning rate of a network with batch norm, dropout and averaged weights. */
final class Searches {
  static final Recipe RECIPE =
      Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS).toBuilder()
          .ema(new EmaOptions(0.9, true))
          .build();

  private static final String KEY = "schedule.rate";
  private static final SearchSpace SPACE =
      new SearchSpace(List.of(NumberRange.parse(KEY, "1e-3..1")));

  private Searches() {}

  static SearchJob job(
      DataSet data, Path out, SearchOptions options, boolean resume, int executors, int cores) {
    List<SearchTrial> trials = new ArrayList<>();
    for (int trial = 0; trial < options.trials(); trial++) {
      Map<String, JsonNode> values = SPACE.draw(options.seed(), trial);
      trials.add(new SearchTrial(trial, values, recipe(values), null));
    }
    return new SearchJob(trials, SPACE, options, data, 0, out.toString(), resume, executors, cores);
  }

  static Recipe recipe(Map<String, JsonNode> values) {
    return RECIPE.toBuilder().schedule(new Cosine(values.get(KEY).asDouble(), 1, 0)).build();
  }

  static SearchReport run(JavaSparkContext spark, SearchJob job, SearchListener listener) {
    TrialRecipes recipes =
        new TrialRecipes() {
          @Override
          public String text(int trial) {
            return "trial: " + trial + "\n";
          }

          @Override
          public List<String> warnings(int trial) {
            return List.of();
          }
        };
    return new HyperparameterSearch(spark, job, recipes, listener).run();
  }

  /** All of a table but seconds, to the last bit. */
  static List<String> table(SearchReport report) {
    return report.trials().stream().map(Searches::line).toList();
  }

  private static String line(TrialResult trial) {
    return "%s %s %s %s %s %s %s %s"
        .formatted(
            trial.trial(),
            trial.values(),
            trial.epochs(),
            trial.loss(),
            trial.lossSpread(),
            trial.accuracy(),
            trial.accuracySpread(),
            trial.failure());
  }
}
