package io.convoy.worker;

import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.Standardization;
import io.convoy.recipe.Recipe;
import io.convoy.tensor.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What was measured of whole images, for executors: broadcast, since a matrix has up to 64 MB that
 * must not travel with each task. Spark frees it when nobody holds it any longer.
 *
 * @param mean the mean image, in one slice; empty where nothing was measured
 * @param matrix the slices of the matrix, one behind the other; empty where there is none
 */
public record KnownStatistics(
    ArrayList<Broadcast<float[]>> mean, ArrayList<Broadcast<float[]>> matrix)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing was measured. */
  public static KnownStatistics none() {
    return new KnownStatistics(new ArrayList<>(), new ArrayList<>());
  }

  /** Has all executors know them. */
  public static KnownStatistics of(JavaSparkContext spark, Standardization standardization) {
    KnownStatistics known = none();
    standardization
        .statistics()
        .ifPresent(
            statistics -> {
              known.mean.addAll(broadcast(spark, statistics.mean()));
              if (statistics.matrix() != null) {
                known.matrix.addAll(broadcast(spark, statistics.matrix()));
              }
            });
    return known;
  }

  private static List<Broadcast<float[]>> broadcast(JavaSparkContext spark, float[] array) {
    return StateSlices.cut(array).stream().map(spark::broadcast).toList();
  }

  /** A recipe that was read from JSON, with its statistics. */
  public Recipe in(Recipe recipe) {
    return read(recipe.network().inputShape())
        .map(known -> recipe.withStandardization(recipe.standardization().withStatistics(known)))
        .orElse(recipe);
  }

  /**
   * The statistics, where there are any.
   *
   * @param input shape of the network's input
   */
  public Optional<ImageStatistics> read(Shape input) {
    return mean.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ImageStatistics(input, join(mean), matrix.isEmpty() ? null : join(matrix)));
  }

  private static float[] join(List<Broadcast<float[]>> slices) {
    return StateSlices.join(slices.stream().map(Broadcast::value).toList());
  }
}
