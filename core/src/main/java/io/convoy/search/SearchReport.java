package io.convoy.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.recipe.CheckpointOptions;
import java.util.List;
import java.util.Map;

/**
 * What a search came to: {@code OUT/search.json}.
 *
 * @param recipe its name
 * @param options how it went
 * @param rungs epochs at each
 * @param by what made a trial better than another
 * @param space the ranges by their keys
 * @param best number of the best trial; null where all failed
 * @param warnings what is worth a second search
 * @param failed how many trials failed
 * @param trials the better ones first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SearchReport(
    String recipe,
    SearchOptions options,
    List<Integer> rungs,
    CheckpointOptions.Best by,
    Map<String, String> space,
    Integer best,
    List<String> warnings,
    long failed,
    List<TrialResult> trials) {}
