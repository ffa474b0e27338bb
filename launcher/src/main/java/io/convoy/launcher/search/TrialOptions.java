package io.convoy.launcher.search;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.recipe.RangeOption;
import io.convoy.recipe.Recipe;
import io.convoy.search.SearchOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what is drawn, and how long trials are trained. */
public final class TrialOptions {
  /** Of the longest trials, where the recipe is not shorter. */
  private static final int USUAL_EPOCHS = 9;

  @Option(
      names = "--range",
      paramLabel = "key=RANGE",
      description = {
        "What a key is drawn from: 1e-3..1e-1 (on a",
        "logarithmic scale where it spans a decade, or by",
        "log:LOW..HIGH; else, or by linear:LOW..HIGH, on a",
        "linear one), 32..256 (whole numbers alone), or one",
        "of a|b|c. Can be given several times."
      })
  private List<String> given = new ArrayList<>();

  @Option(
      names = "--space",
      paramLabel = "FILE",
      description = "A file of ranges: YAML, a line \"key: RANGE\" each.")
  private Path space;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "27",
      description = {"Trials, the recipe as it is among them; by default", "27."})
  private Integer trials;

  @Option(
      names = "--max-epochs",
      paramLabel = "R",
      description = {
        "Epochs of the longest trials; by default 9, or the",
        "recipe's where that is less. The schedule of all",
        "trials is laid out over them."
      })
  private Integer maxEpochs;

  @Option(
      names = "--min-epochs",
      paramLabel = "R",
      defaultValue = "1",
      description = "Epochs of the shortest trials, at least; by default 1.")
  private Integer minEpochs;

  @Option(
      names = "--eta",
      paramLabel = "N",
      defaultValue = "3",
      description = {
        "Of so many trials one goes on, for so many times",
        "the epochs; by default 3."
      })
  private Integer eta;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = {
        "Trains each trial K times, with another fold of the",
        "training set held back each time. By default what",
        "the recipe's validation holds back, or a tenth."
      })
  private Integer folds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of the draws; by default 1.")
  private long seed;

  /**
   * The ranges that are named, those of the file first.
   *
   * @throws ConvoyException of kind USAGE when one is none
   */
  public List<RangeOption> ranges() {
    List<RangeOption> all = new ArrayList<>(space == null ? List.of() : RangeOption.read(space));
    given.forEach(range -> all.add(RangeOption.parse(range)));
    return all;
  }

  /**
   * How the search of a recipe goes.
   *
   * @throws ConvoyException of kind USAGE when a number is out of its range
   */
  public SearchOptions of(Recipe recipe) {
    int most = maxEpochs == null ? Math.min(recipe.epochs(), USUAL_EPOCHS) : maxEpochs;
    if (folds != null && folds < 2) {
      throw ConvoyException.usage("--folds must be at least 2; got %d", folds);
    }
    return new SearchOptions(trials, minEpochs, most, eta, folds == null ? 0 : folds, seed);
  }

  /** The numbers as words of a command line. */
  public List<String> words(Recipe recipe) {
    SearchOptions options = of(recipe);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--trials", Integer.toString(options.trials())));
    words.addAll(List.of("--min-epochs", Integer.toString(options.minEpochs())));
    words.addAll(List.of("--max-epochs", Integer.toString(options.maxEpochs())));
    words.addAll(List.of("--eta", Integer.toString(options.eta())));
    words.addAll(List.of("--seed", Long.toString(options.seed())));
    if (folds != null) {
      words.addAll(List.of("--folds", Integer.toString(folds)));
    }
    return words;
  }
}
