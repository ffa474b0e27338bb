package io.convoy.benchmarks.curves;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.benchmarks.timing.Machine;
import io.convoy.benchmarks.timing.Options;
import io.convoy.benchmarks.timing.Peers;
import io.convoy.benchmarks.timing.ProgressLine;
import io.convoy.benchmarks.timing.RunFile;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import io.convoy.run.RunFolder;
import io.convoy.storage.HadoopFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code curve}: trains a run once more, by a peer. */
@Command(
    name = "curve",
    description = {
      "Trains a finished run once more, by another library: the same recipe, initial weights and"
          + " batches, augmented by Convoy. Prints the loss of each epoch beside the run's, and what"
          + " the peer's weights come to on the test images.",
      "The recipe must have one shard, plain cross-entropy and SGD."
    })
public final class CurveCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The folder of a run, on this machine.")
  private Path run;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the images are; by default where the run found them.")
  private String data;

  @Mixin private Options options;

  @Override
  public Integer call() {
    Configuration configuration = new Configuration();
    RunFolder folder = RunFolder.open(run.toUri().toString(), configuration);
    Recipe recipe = Json.value(folder.description().recipe(), Recipe.class, run.toString());
    if (recipe.shards() != 1) {
      throw ConvoyException.usage(
          "peers know no shards: a step's batch is one; the run has %d: train it by --set shards=1",
          recipe.shards());
    }
    String place = data == null ? recipe.data().path() : data;
    List<TrainingPeer> peers =
        Peers.load(TrainingPeer.class, TrainingPeer::name, options.peers(), options.threads());
    System.out.println(Machine.here());
    folder
        .readResult(JsonNode.class)
        .filter(result -> result.hasNonNull("testAccuracy"))
        .ifPresent(result -> System.out.println("the run: " + tested(result)));
    List<PeerCurve> curves = new ArrayList<>();
    try (ProgressLine progress = new ProgressLine(peers.size() * recipe.epochs())) {
      for (TrainingPeer peer : peers) {
        CurveRun curve =
            new CurveRun(recipe, new HadoopFiles(configuration), place, options.threads());
        System.out.println(peer.name() + " " + peer.version());
        curves.add(curve.train(peer, EpochLosses.ofRun(run), progress));
        RunFile.write(options.json(), curves);
      }
    }
    return 0;
  }

  private static String tested(JsonNode result) {
    return String.format(
        Locale.ROOT,
        "test accuracy %.2f %%, loss %.4f",
        100 * result.get("testAccuracy").asDouble(),
        result.path("testLoss").asDouble());
  }
}
