package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import io.convoy.launcher.progress.ByteSize;
import io.convoy.network.LayerFigures;
import io.convoy.network.Network;
import io.convoy.recipe.Recipe;
import io.convoy.tensor.Shape;
import io.convoy.text.TextTable;
import io.convoy.train.TrainingMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A network's layers and the memory of its training, as a table and as JSON. */
final class NetworkSummary {
  private final Recipe recipe;
  private final TrainingMemory memory;
  private final List<LayerFigures> layers;

  NetworkSummary(Recipe recipe, TrainingMemory memory) {
    this.recipe = recipe;
    this.memory = memory;
    this.layers = LayerFigures.of(recipe.network());
  }

  private long parameters() {
    return layers.stream().mapToLong(LayerFigures::parameters).sum();
  }

  private long averages() {
    return layers.stream().mapToLong(LayerFigures::averages).sum();
  }

  private long multiplyAdds() {
    return layers.stream().mapToLong(LayerFigures::multiplyAdds).sum();
  }

  private long activations() {
    return memory.plan().activations().values().stream().mapToLong(Long::longValue).sum();
  }

  private long activations(String layer) {
    return memory.plan().activations().get(layer);
  }

  List<String> lines() {
    Network network = recipe.network();
    TextTable table =
        new TextTable(
            "<layer", "<type", "<output", ">parameters", ">multiply-adds", ">activations");
    table.row(Network.INPUT, "", network.inputShape(), "", "", bytes(Network.INPUT));
    for (LayerFigures layer : layers) {
      table.row(
          layer.name(),
          layer.type(),
          layer.shape(),
          count(layer.parameters()),
          count(layer.multiplyAdds()),
          bytes(layer.name()));
    }
    table.rule();
    table.row(
        layers.size() + " layers",
        "",
        "",
        count(parameters()),
        count(multiplyAdds()),
        ByteSize.of(activations()));
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.addAll(memoryLines());
    return lines;
  }

  private String bytes(String layer) {
    return activations(layer) == 0 ? "-" : ByteSize.of(activations(layer));
  }

  private List<String> memoryLines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "batch",
            "%d images in %d shards of at most %d; activations are those of %d at once",
            recipe.batchSize(),
            recipe.shards(),
            memory.pass().shardSamples(),
            memory.pass().shards()));
    lines.add(
        line(
            "a step",
            "%s: buffers %s (%s of it for each thread), gradients %s, optimizer %s, images read"
                + " ahead %s",
            ByteSize.of(memory.step()),
            ByteSize.of(memory.buffers()),
            ByteSize.of(memory.perThread()),
            ByteSize.of(memory.gradients()),
            ByteSize.of(memory.update()),
            ByteSize.of(memory.samples())));
    lines.add(
        line(
            "state",
            "%s: weights %s (%s of them moving averages), optimizer %s",
            ByteSize.of(memory.state()),
            ByteSize.of(memory.weights()),
            count(averages()),
            slots()));
    lines.add(
        line(
            "at the peak",
            "%s with %d %s, beside the images",
            ByteSize.of(memory.total()),
            memory.threads(),
            memory.threads() == 1 ? "thread" : "threads"));
    return lines;
  }

  private String slots() {
    List<String> names = recipe.optimizer().slots();
    return names.isEmpty()
        ? "none"
        : ByteSize.of(memory.slots()) + " (" + String.join(", ", names) + ")";
  }

  private static String count(long number) {
    return number == 0 ? "-" : String.format(Locale.ROOT, "%,d", number);
  }

  private static String line(String name, String format, Object... values) {
    return String.format(Locale.ROOT, "%-12s ", name) + String.format(Locale.ROOT, format, values);
  }

  /**
   * One object: {@code recipe}, {@code layers}, totals, {@code step} and {@code state} in bytes.
   */
  ObjectNode json() {
    ObjectNode object = Json.object();
    object.put("recipe", recipe.name());
    shape(object.putArray("input"), recipe.network().inputShape());
    ArrayNode rows = object.putArray("layers");
    for (LayerFigures layer : layers) {
      ObjectNode row = rows.addObject().put("name", layer.name()).put("type", layer.type());
      shape(row.putArray("output"), layer.shape());
      row.put("parameters", layer.parameters()).put("movingAverages", layer.averages());
      row.put("multiplyAdds", layer.multiplyAdds());
      row.put("activationBytes", activations(layer.name()));
    }
    object.put("parameters", parameters()).put("movingAverages", averages());
    object.put("multiplyAdds", multiplyAdds()).put("activationBytes", activations());
    ObjectNode step = object.putObject("step");
    step.put("shardSamples", memory.pass().shardSamples());
    step.put("passShards", memory.pass().shards()).put("threads", memory.threads());
    step.put("bufferBytes", memory.buffers()).put("bytesPerThread", memory.perThread());
    step.put("gradientBytes", memory.gradients()).put("updateBytes", memory.update());
    step.put("sampleBytes", memory.samples());
    step.put("bytes", memory.step());
    ObjectNode state = object.putObject("state");
    state.put("weightBytes", memory.weights()).put("optimizerBytes", memory.slots());
    state.put("bytes", memory.state());
    object.put("peakBytes", memory.total());
    return object;
  }

  private static void shape(ArrayNode array, Shape shape) {
    for (int extent : shape.toArray()) {
      array.add(extent);
    }
  }
}
