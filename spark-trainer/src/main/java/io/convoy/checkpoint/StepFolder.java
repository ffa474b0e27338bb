package io.convoy.checkpoint;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the folders of a run's checkpoints: the same in every locale. */
public final class StepFolder {
  static final String MODEL = "model.json";
  public static final String WEIGHTS = "weights.safetensors";
  static final String OPTIMIZER = "optimizer.safetensors";
  static final String STATE = "state.json";

  /** The averaged weights, where the recipe wants some: like the weights, under the same names. */
  static final String EMA = "ema.safetensors";

  /** Likewise of a recipe with {@code swa}. */
  static final String SWA = "swa.safetensors";

  /** What the network takes and gives; not in checkpoints of releases that did not write it. */
  static final String PREPROCESSING = "preprocessing.json";

  /** What is measured of whole images; where the standardisation needs such a thing. */
  static final String STATISTICS = "preprocessing.safetensors";

  private static final Pattern FINISHED = Pattern.compile("step-(\\d{9,18})");
  private static final Pattern TEMPORARY = Pattern.compile("\\.tmp-(\\d{9,18})-step-\\d{9,18}");

  private StepFolder() {}

  /** {@code step-000001200}. */
  static String name(long step) {
    return String.format(Locale.ROOT, "step-%09d", step);
  }

  /** The step of a checkpoint's folder; empty for any other name. */
  static OptionalLong step(String name) {
    return number(FINISHED.matcher(name));
  }

  /** The name under which the driver of a generation writes a checkpoint. */
  static String temporary(long generation, long step) {
    return String.format(Locale.ROOT, ".tmp-%09d-%s", generation, name(step));
  }

  /** The generation whose driver wrote a temporary folder; empty for any other name. */
  static OptionalLong generation(String name) {
    return number(TEMPORARY.matcher(name));
  }

  private static OptionalLong number(Matcher matcher) {
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
