package io.convoy.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.reader.Folders;
import io.convoy.json.Json;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Constant;
import java.util.function.LongToDoubleFunction;

/** Trainings of ten classes, line by line, that were drawn for a rule. */
final class DrawnCurves {
  static final double CHANCE = StrictMath.log(10);

  static RecipeBuilder recipe() {
    Network network =
        Network.input(8, 8, 1)
            .then("conv1", Conv2d.of(4, 3))
            .then("norm1", BatchNorm2d.standard())
            .then("relu1", new Relu())
            .then("flatten", new Flatten())
            .then("logits", Linear.of(10))
            .build();
    return new RecipeBuilder()
        .network(network)
        .data(new DataOptions(new Folders(), null, null))
        .batchSize(64)
        .shards(4)
        .epochs(10)
        .optimizer(new Sgd(0.9f, true, 0, false))
        .schedule(new Constant(0.1, 0));
  }

  static Evidence evidence() {
    return new Evidence(recipe().build());
  }

  /** A step of 64 images, 100 an epoch. */
  static ObjectNode step(long step, double loss) {
    return Json.object()
        .put("step", step)
        .put("epoch", (step - 1) / 100)
        .put("samples", 64)
        .put("loss", loss)
        .put("correct", 32)
        .put("rate", 0.1)
        .put("seconds", 0.1)
        .put("dataWaitSeconds", 0);
  }

  /** A small wave, as losses of batches have. */
  static double wave(long step) {
    return 0.02 * ((step * 7 % 11) / 5.0 - 1);
  }

  static Evidence curve(long steps, LongToDoubleFunction loss) {
    Evidence evidence = evidence();
    for (long step = 1; step <= steps; step++) {
      evidence.add(step(step, loss.applyAsDouble(step) + wave(step)));
    }
    return evidence;
  }

  static boolean finds(FaultDetector detector, Evidence evidence) {
    return detector.look(evidence).isPresent();
  }

  static void validate(Evidence evidence, long step, double loss, double accuracy) {
    evidence.add(
        Json.object()
            .put("step", step)
            .put("validationSamples", 1000)
            .put("validationLoss", loss)
            .put("validationAccuracy", accuracy));
  }

  static ObjectNode health(long step, double ratio, double dead) {
    ObjectNode line = Json.object().put("step", step);
    ArrayNode layers = line.putObject("health").putArray("layers");
    layers.addObject().put("name", "conv1").put("updateRatio", ratio);
    layers.addObject().put("name", "relu1").put("deadShare", dead);
    layers.addObject().put("name", "logits").put("updateRatio", 1e-3);
    return line;
  }

  static Evidence healthy(double ratio, double dead, int lines) {
    Evidence evidence = curve(300, s -> 1);
    for (int i = 1; i <= lines; i++) {
      evidence.add(health(300 + i, ratio, dead));
    }
    return evidence;
  }

  static Evidence waiting(long steps, double share) {
    Evidence evidence = evidence();
    for (long step = 1; step <= steps; step++) {
      double wait = step <= 100 ? 0.1 : share * 0.1;
      evidence.add(step(step, 1).put("dataWaitSeconds", wait));
    }
    return evidence;
  }

  /** Three ranks share four shards: the last has two, and may take twice as long. */
  static Evidence ranks(double slow, int steps) {
    Evidence evidence = new Evidence(recipe().shards(4).build());
    ObjectNode who = Json.object().put("step", 1);
    ArrayNode executors = who.putArray("executors");
    for (int rank = 0; rank < 3; rank++) {
      executors
          .addObject()
          .put("rank", rank)
          .put("executor", Integer.toString(rank + 7))
          .put("host", "machine-" + rank);
    }
    evidence.add(who);
    for (long step = 1; step <= steps; step++) {
      ObjectNode line = step(step, 1);
      ArrayNode ranks = line.putArray("ranks");
      ranks.addObject().put("compute", 0.1).put("dataWait", 0);
      ranks.addObject().put("compute", 0.1 * slow).put("dataWait", 0);
      ranks.addObject().put("compute", step == 50 ? 20 : 0.2).put("dataWait", 0);
      evidence.add(line);
    }
    return evidence;
  }

  private DrawnCurves() {}
}
