package io.convoy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.data.reader.IdxDataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A training for the command line: {@link Trainings}' images under MNIST's names and a recipe with
 * a checkpoint every fourth of 16 steps, of some 19 KB each.
 *
 * @param folder that holds recipe and data
 */
record TinyRun(Path folder) {
  private static final int SAMPLES = 157;

  private static final String RECIPE =
      """
      name: tiny
      data: {format: idx}
      network:
        input: [13, 13, 1]
        layers:
          - {name: conv1, type: conv2d, outChannels: 6, kernel: 3, padding: same}
          - {name: relu1, type: relu}
          - {name: pool1, type: maxPool2d, kernel: 2}
          - {name: flatten, type: flatten}
          - {name: logits, type: linear, outFeatures: 10}
      batchSize: 20
      shards: 4
      epochs: 2
      optimizer: {type: sgd, momentum: 0.9}
      schedule: {type: constant, rate: 0.02}
      checkpoint: {everySteps: 4}
      """;

  static TinyRun in(Path folder) throws IOException {
    Files.writeString(folder.resolve("tiny.yaml"), RECIPE);
    IdxDataSet data = Trainings.data(folder, SAMPLES);
    for (String set : List.of("train", "t10k")) {
      Files.copy(Path.of(data.images()), folder.resolve(set + "-images-idx3-ubyte"));
      Files.copy(Path.of(data.labels()), folder.resolve(set + "-labels-idx1-ubyte"));
    }
    return new TinyRun(folder);
  }

  /** The words of a training into a run's folder. */
  List<String> train(Path run, String... further) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", folder.resolve("tiny.yaml").toString()));
    arguments.addAll(List.of("--data", folder.toString(), "--out", run.toString()));
    arguments.addAll(List.of(further));
    return arguments;
  }

  static JsonNode result(Path run) throws IOException {
    return JsonMapper.builder().build().readTree(Files.readString(run.resolve("result.json")));
  }

  /** The steps whose checkpoints are there and whole enough to be listed. */
  static List<String> checkpoints(Path run) throws IOException {
    try (var names = Files.list(run.resolve("checkpoints"))) {
      return names.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
