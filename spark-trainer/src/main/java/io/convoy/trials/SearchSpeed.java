package io.convoy.trials;

import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.memory.ExecutorMemory;
import io.convoy.memory.HeapOption;
import io.convoy.memory.MemorySize;
import io.convoy.recipe.Recipe;
import java.util.Collection;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How many trials an executor trains at the same time, and on how many threads each: as many side
 * by side as there are cores and memory for, and where fewer are left than cores, on more threads
 * each. None of it changes a bit.
 */
record SearchSpeed(SearchJob job, long heap, int most, String option) {
  static SearchSpeed of(SearchJob job, JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    boolean here = spark.isLocal();
    return new SearchSpeed(
        job,
        here
            ? Runtime.getRuntime().maxMemory()
            : conf.getSizeAsBytes("spark.executor.memory", "1g"),
        Math.max(1, job.cores() / conf.getInt("spark.task.cpus", 1)),
        here ? HeapOption.of(conf) : "spark.executor.memory=%s");
  }

  private static long bytes(Recipe recipe) {
    return ExecutorMemory.training(recipe, KernelProvider.kernels(), 1, 1, 0).live();
  }

  private long room() {
    return ExecutorMemory.room(heap, job.imageBytes());
  }

  /**
   * Stops a search of which not even the recipe as it is fits an executor.
   *
   * @throws ConvoyException of kind RESOURCE
   */
  void requireRoom(Recipe recipe) {
    if (bytes(recipe) > room()) {
      long needed =
          ExecutorMemory.training(recipe, KernelProvider.kernels(), 1, 1, job.imageBytes()).heap();
      throw ConvoyException.resource(
          "a heap of %s is too small for one trial, whose training takes %s: give it %s",
          MemorySize.ofAtLeast(heap),
          MemorySize.ofAtLeast(bytes(recipe)),
          option.formatted(MemorySize.rounded(needed)));
    }
  }

  /**
   * Kernel threads of each task.
   *
   * @param parts that are to be trained; each a task
   */
  int threads(Collection<TrialPart> parts) {
    long largest =
        parts.stream()
            .filter(part -> part.part() == 0)
            .mapToLong(part -> bytes(part.recipe()))
            .max()
            .orElse(1);
    long fit = Math.max(1, room() / Math.max(1, largest));
    int each = (parts.size() + job.executors() - 1) / job.executors();
    long sideBySide = Math.max(1, Math.min(Math.min(most, fit), each));
    return (int) Math.max(1, job.cores() / sideBySide);
  }
}
