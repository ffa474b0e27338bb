package io.convoy.fault;

import io.convoy.data.image.DecodeScale;
import io.convoy.json.Json;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps that spend much of their time waiting for images. */
public final class WaitingForData implements FaultDetector {
  /** Of the steps' time, what is worth to be told. */
  public static final double NOTABLE = 0.05;

  /** Of the steps' time, what is a fault. */
  private static final double MOST = 0.2;

  /** What makes it less, by a recipe. */
  public static String advice(Recipe recipe) {
    DataOptions data = recipe.data();
    List<String> means = new ArrayList<>();
    if (recipe.sync() == Sync.DRIVER) {
      means.add("sync: peers (which reads ahead)");
    }
    if (data.format().isExamined()) {
      means.add("a packed set (convoy pack)");
    }
    if (data.resizing() != null && data.format().decodes() && data.decode() != DecodeScale.FIT) {
      means.add("data.decode: fit (in a new run)");
    }
    means.add("more executors");
    return String.join(", ", means) + ", or more cores for each";
  }

  @Override
  public String name() {
    return "waiting for data";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return evidence.curve().steps() < 2 * TrainingCurve.RECENT
        ? Optional.of("fewer than %s steps were done".formatted(2 * TrainingCurve.RECENT))
        : Optional.empty();
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    double share = evidence.curve().waitShare();
    return share < MOST
        ? Optional.empty()
        : Optional.of(
            new FaultFinding(
                name(),
                "steps waited for images for %s of their time, the first %s left out"
                    .formatted(Figures.percent(share), TrainingCurve.RECENT),
                "images are read and decoded more slowly than they are trained on",
                "it is less with " + advice(evidence.recipe()),
                Json.object().put("dataWaitShare", share)));
  }
}
