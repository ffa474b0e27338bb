package io.convoy.fault;

import io.convoy.json.Json;
import io.convoy.layer.BatchNorm2d;
import io.convoy.network.Node;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Recipe;
import java.util.Optional;

/**
 * Shards with few images, whose own mean and variance batch norms take: a shard is the unit of
 * these. Errors grow below 16 images, and much below 8 (Wu and He 2018).
 */
public final class SmallShards implements FaultDetector {
  private static final int LEAST = 8;

  @Override
  public String name() {
    return "small shards";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return Optional.empty();
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    Recipe recipe = evidence.recipe();
    long norms =
        recipe.network().nodes().stream()
            .filter(node -> node.layer() instanceof BatchNorm2d && isTrained(recipe, node))
            .count();
    int batch = recipe.batchSize();
    int shards = batch < 2 * recipe.shards() ? Math.max(1, batch / 2) : recipe.shards();
    int images = batch / shards;
    if (norms == 0 || images >= LEAST) {
      return Optional.empty();
    }
    return Optional.of(
        new FaultFinding(
            name(),
            "batchSize %s in %s shards: batch norms take mean and variance of %s images each"
                .formatted(batch, shards, images),
            "mean and variance of so few images are mostly noise, and differ from the running ones"
                + " that inference takes",
            "fewer shards or a larger batch, with at least %s images a shard, better 16; or groupNorm"
                .formatted(LEAST),
            Json.object().put("imagesOfAShard", images).put("batchNorms", norms)));
  }

  /** One that is frozen takes its running statistics. */
  private static boolean isTrained(Recipe recipe, Node node) {
    FineTuning tuning = recipe.fineTuning();
    return tuning == null || tuning.frozenEpochs(node.name() + ".weight") < FineTuning.FOR_GOOD;
  }
}
