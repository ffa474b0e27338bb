package io.convoy.trials;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.json.Json;
import io.convoy.search.SearchOptions;
import io.convoy.train.Numerics;
import java.util.List;
import java.util.Map;

/**
 * What decides the result of a search: {@code OUT/plan.json}. One that goes on has the same.
 *
 * @param numericsVersion of the code
 * @param recipe as it was given
 * @param options how it goes
 * @param trials the values of each
 * @param images SHA-256 of the training set
 */
record SearchPlan(
    int numericsVersion,
    JsonNode recipe,
    SearchOptions options,
    List<Map<String, JsonNode>> trials,
    String images) {
  static SearchPlan of(SearchJob job, String images) {
    return new SearchPlan(
        Numerics.VERSION,
        Json.tree(job.recipe()),
        job.options(),
        job.trials().stream().map(SearchTrial::values).toList(),
        images);
  }
}
