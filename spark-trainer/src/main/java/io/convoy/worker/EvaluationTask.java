package io.convoy.worker;

import io.convoy.data.SampleSource;
import io.convoy.evaluation.ImageCounter;
import io.convoy.evaluation.ImageCounts;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import io.convoy.train.Evaluator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.broadcast.Broadcast;

/**
 * Every so-many-th block of a data set, evaluated by one task.
 *
 * <p>It takes memory of its own for the state and for a block's activations: while a training is
 * validated, an executor holds both beside the replica that waits for the next segment.
 */
public final class EvaluationTask implements Tasks.Body {
  private static final long serialVersionUID = 1L;

  private final Assignment assignment;
  private final SeenSet set;
  private final int tasks;
  private final ArrayList<Broadcast<float[]>> weights;

  /**
   * @param set what is evaluated; null for what the recipe's {@code validation} holds back of the
   *     assignment's training set
   * @param weights slices of the state vector
   */
  public EvaluationTask(
      Assignment assignment, SeenSet set, int tasks, List<Broadcast<float[]>> weights) {
    this.assignment = assignment;
    this.set = set;
    this.tasks = tasks;
    this.weights = new ArrayList<>(weights);
  }

  @Override
  public Iterator<Object> run(int partition) {
    Recipe recipe = assignment.completeRecipe();
    SampleSource source =
        set == null ? assignment.split(recipe).validation() : set.open(assignment.files());
    ImageCounter counter =
        new ImageCounter(recipe.network().outputShape().channels(), source.severalLabels());
    Map<Integer, Evaluator.Result> byBlock =
        new StateEvaluation(recipe, source, weights, assignment.threads())
            .blocks(partition, tasks, counter::count);
    Part results = new Part(byBlock, counter.counts());
    return Collections.<Object>singletonList(Json.bytes(results)).iterator();
  }

  private record Part(Map<Integer, Evaluator.Result> byBlock, ImageCounts counts) {}

  /**
   * What all tasks have found.
   *
   * @param result the sum in the order of blocks, as training computes loss and accuracy
   * @param counts all that is counted, whoever evaluated which images
   */
  public record Sum(Evaluator.Result result, ImageCounts counts) {}

  /** Adds up the results of all tasks, of which there is at least one. */
  public static Sum sum(List<Object> taskResults) {
    List<Part> parts =
        taskResults.stream()
            .map(bytes -> Json.read((byte[]) bytes, Part.class, "a task's results"))
            .toList();
    Map<Integer, Evaluator.Result> blocks = new TreeMap<>();
    parts.forEach(part -> blocks.putAll(part.byBlock()));
    Evaluator.Result result =
        blocks.values().stream().reduce(Evaluator.Result.NONE, Evaluator.Result::plus);
    return new Sum(
        result, parts.stream().map(Part::counts).reduce(ImageCounts::plus).orElseThrow());
  }
}
