package io.convoy.train;

import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.error.ConvoyException;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.ValidationOptions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The training set in two parts: what is trained on and what is held back for validation. Which
 * sample goes where is a pure function of (labels, number held back, seed of the split), so that
 * all who open the set agree on it.
 *
 * <p>Each class gives its share. With k of n samples held back, class c of n<sub>c</sub> samples
 * gives floor(k n<sub>c</sub> / n); what is then left of k comes from the classes with the largest
 * remainders, one from each, of equal ones from the lower label. A class keeps one sample to train
 * on as long as another class has more than one: that gives in its place. Which samples of a class
 * is the beginning of a random order of it. Both parts keep the order of the set. Samples that may
 * have several labels are split by {@link LabelSplit}.
 *
 * @param training what is trained on; the whole set where the recipe has no {@code validation}
 * @param validation what is held back; null where the recipe has no {@code validation}
 */
public record TrainingSplit(SampleSource training, SampleSource validation) {

  /**
   * Splits a training set as a recipe says.
   *
   * @param source the whole set; it stays its owner's to close
   * @throws ConvoyException of kind USAGE when no sample is left to train on
   */
  public static TrainingSplit of(Recipe recipe, SampleSource source) {
    if (recipe.validation() == null) {
      return new TrainingSplit(source, null);
    }
    boolean[] validation = heldBack(recipe, source);
    return new TrainingSplit(part(source, validation, false), part(source, validation, true));
  }

  /**
   * One of K folds: each sample is held back in one of them and trained on in the others. Each
   * class is dealt out, one sample to a fold, in the random order of {@link #of}; the next class
   * goes on where the one before has ended. So neither the folds nor a class's parts in them differ
   * by more than one sample.
   *
   * @param source the whole set; it stays its owner's to close
   * @param fold which one is held back, from 0 to {@code folds - 1}
   * @param folds K, at least 2
   * @param seed decides which samples fall together
   * @throws ConvoyException of kind USAGE when there are fewer samples than folds
   */
  public static TrainingSplit fold(SampleSource source, int fold, int folds, long seed) {
    if (folds > source.size()) {
      throw ConvoyException.usage(
          "each fold needs an image; got %d folds for %d images", folds, source.size());
    }
    int[] labels = IntStream.range(0, source.size()).map(source::label).toArray();
    int[][] members = members(labels, sizes(labels, source));
    boolean[] validation = new boolean[labels.length];
    int dealt = 0;
    for (int label = 0; label < members.length; label++) {
      int[] order = new RandomStream(seed, Purpose.SPLIT, label).permutation(members[label].length);
      for (int member : order) {
        validation[members[label][member]] = dealt++ % folds == fold;
      }
    }
    return new TrainingSplit(part(source, validation, false), part(source, validation, true));
  }

  /**
   * The samples that all of some recipes hold back: whatever is trained by them has seen none of
   * these. Recipes that hold back equally many by one seed agree on all of them.
   *
   * @param recipes at least one, each with {@code validation}
   * @param source the whole set
   * @return their numbers in the set, ascending; perhaps none
   */
  public static int[] heldBackByAll(List<Recipe> recipes, SampleSource source) {
    boolean[] common = new boolean[source.size()];
    Arrays.fill(common, true);
    for (Recipe recipe : recipes) {
      boolean[] validation = heldBack(recipe, source);
      for (int i = 0; i < common.length; i++) {
        common[i] &= validation[i];
      }
    }
    return IntStream.range(0, common.length).filter(i -> common[i]).toArray();
  }

  private static boolean[] heldBack(Recipe recipe, SampleSource source) {
    ValidationOptions options = recipe.validation();
    return heldBack(source, options.samplesOf(source.size()), options.seedOr(recipe.seed()));
  }

  private static SampleSource part(SampleSource source, boolean[] validation, boolean wanted) {
    return new SampleSubset(
        source,
        IntStream.range(0, validation.length).filter(i -> validation[i] == wanted).toArray());
  }

  private static boolean[] heldBack(SampleSource source, int count, long seed) {
    if (source.severalLabels()) {
      return new LabelSplit(source, count, seed).heldBack();
    }
    int[] labels = IntStream.range(0, source.size()).map(source::label).toArray();
    int[] sizes = sizes(labels, source);
    int[] quotas = quotas(sizes, count, labels.length);
    int[][] members = members(labels, sizes);
    boolean[] validation = new boolean[labels.length];
    for (int label = 0; label < sizes.length; label++) {
      int[] order = new RandomStream(seed, Purpose.SPLIT, label).permutation(sizes[label]);
      for (int i = 0; i < quotas[label]; i++) {
        validation[members[label][order[i]]] = true;
      }
    }
    return validation;
  }

  /** How many samples each class has. */
  private static int[] sizes(int[] labels, SampleSource source) {
    int[] sizes = new int[source.classes().size()];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }

  /** The indices of each class's samples. */
  private static int[][] members(int[] labels, int[] sizes) {
    int[][] members = Arrays.stream(sizes).mapToObj(int[]::new).toArray(int[][]::new);
    int[] next = new int[sizes.length];
    for (int index = 0; index < labels.length; index++) {
      int label = labels[index];
      members[label][next[label]++] = index;
    }
    return members;
  }

  /** How many of {@code count} each class gives, by largest remainders in whole numbers. */
  private static int[] quotas(int[] sizes, int count, int all) {
    int[] quotas = Arrays.stream(sizes).map(size -> (int) ((long) count * size / all)).toArray();
    int missing = count - Arrays.stream(quotas).sum();
    List<Integer> labels =
        IntStream.range(0, sizes.length)
            .boxed()
            .sorted(Comparator.comparingLong(label -> -((long) count * sizes[label] % all)))
            .toList();
    for (int least = 1; least >= 0; least--) {
      missing = take(labels, sizes, quotas, missing, least);
    }
    return quotas;
  }

  /**
   * Takes what is missing by turns from the classes, in their order.
   *
   * @param least how many samples each class keeps
   * @return what is still missing
   */
  private static int take(List<Integer> labels, int[] sizes, int[] quotas, int missing, int least) {
    int left = missing;
    boolean took = true;
    while (left > 0 && took) {
      took = false;
      for (int label : labels) {
        if (left > 0 && sizes[label] - quotas[label] > least) {
          quotas[label]++;
          left--;
          took = true;
        }
      }
    }
    return left;
  }
}
