package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import io.convoy.launcher.progress.ByteSize;
import io.convoy.network.LayerFigures;
import io.convoy.network.Network;
import io.convoy.network.NetworkWarnings;
import io.convoy.network.Node;
import io.convoy.network.ReceptiveField;
import io.convoy.recipe.Recipe;
import io.convoy.tensor.Shape;
import io.convoy.text.TextTable;
import io.convoy.train.TrainingMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A network's layers and the memory of its training, as a table and as JSON. */
final class NetworkSummary {
  private final Recipe recipe;
  private final TrainingMemory memory;
  private final List<LayerFigures> layers;

  /** Those of the layers that auxiliary outputs alone need. */
  private final List<LayerFigures> ofTraining;

  private final Map<String, ReceptiveField> fields;
  private final List<String> warnings;

  NetworkSummary(Recipe recipe, TrainingMemory memory) {
    this.recipe = recipe;
    this.memory = memory;
    this.layers = LayerFigures.of(recipe.network());
    Set<String> ofInference =
        recipe.network().inferenceNodes().stream().map(Node::name).collect(Collectors.toSet());
    this.ofTraining = layers.stream().filter(l -> !ofInference.contains(l.name())).toList();
    this.fields = ReceptiveField.of(recipe.network());
    this.warnings = NetworkWarnings.of(recipe.network());
  }

  private long parameters() {
    return parameters(layers);
  }

  private static long parameters(List<LayerFigures> of) {
    return of.stream().mapToLong(LayerFigures::parameters).sum();
  }

  private long averages() {
    return layers.stream().mapToLong(LayerFigures::averages).sum();
  }

  /** Of inference. */
  private long multiplyAdds() {
    return multiplyAdds(layers) - multiplyAdds(ofTraining);
  }

  private static long multiplyAdds(List<LayerFigures> of) {
    return of.stream().mapToLong(LayerFigures::multiplyAdds).sum();
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
            "<layer",
            "<type",
            "<output",
            ">field",
            ">parameters",
            ">multiply-adds",
            ">activations");
    table.row(Network.INPUT, "", network.inputShape(), "", "", "", bytes(Network.INPUT));
    for (LayerFigures layer : layers) {
      table.row(
          layer.name(),
          layer.type(),
          layer.shape(),
          fields.containsKey(layer.name()) ? fields.get(layer.name()) : "-",
          count(layer.parameters()),
          count(layer.multiplyAdds()),
          bytes(layer.name()));
    }
    table.rule();
    table.row(
        layers.size() + " layers",
        "",
        "",
        "",
        count(parameters()),
        count(multiplyAdds()),
        ByteSize.of(activations()));
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    fieldLine().ifPresent(lines::add);
    auxiliaryLine().ifPresent(lines::add);
    lines.addAll(memoryLines());
    if (!warnings.isEmpty()) {
      lines.add("");
      warnings.forEach(warning -> lines.add("warning: " + warning));
    }
    return lines;
  }

  private String bytes(String layer) {
    return activations(layer) == 0 ? "-" : ByteSize.of(activations(layer));
  }

  /** The receptive field of the network: that of the last layer which does not see all. */
  private Optional<String> fieldLine() {
    Shape input = recipe.network().inputShape();
    return recipe.network().inferenceNodes().stream()
        .filter(node -> node.shape().isImage() && fields.containsKey(node.name()))
        .filter(node -> !fields.get(node.name()).whole())
        .reduce((one, next) -> next)
        .map(
            node ->
                line(
                    "field",
                    "a pixel of '%s' depends on %s pixels of the image (%dx%d); the next one, on"
                        + " those %d further",
                    node.name(),
                    fields.get(node.name()),
                    input.height(),
                    input.width(),
                    fields.get(node.name()).columns().stride()));
  }

  private Optional<String> auxiliaryLine() {
    List<String> outputs =
        recipe.network().auxiliary().stream()
            .map(output -> "'%s' (weight %s)".formatted(output.node().name(), output.weight()))
            .toList();
    return outputs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            line(
                "training",
                "has the auxiliary outputs %s; %d layers, %s of the parameters and %s multiply-adds"
                    + " beside those above are for them alone, and no part of inference",
                String.join(", ", outputs),
                ofTraining.size(),
                count(parameters(ofTraining)),
                count(multiplyAdds(ofTraining))));
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
   * One object: {@code recipe}, {@code layers}, totals, what {@code auxiliary} outputs take beside,
   * {@code step} and {@code state} in bytes.
   */
  ObjectNode json() {
    ObjectNode object = Json.object();
    object.put("recipe", recipe.name());
    shape(object.putArray("input"), recipe.network().inputShape());
    ArrayNode rows = object.putArray("layers");
    for (LayerFigures layer : layers) {
      ObjectNode row = rows.addObject().put("name", layer.name()).put("type", layer.type());
      shape(row.putArray("output"), layer.shape());
      field(layer.name()).ifPresent(field -> shape(row.putArray("receptiveField"), field));
      row.put("parameters", layer.parameters()).put("movingAverages", layer.averages());
      row.put("multiplyAdds", layer.multiplyAdds());
      row.put("activationBytes", activations(layer.name()));
    }
    object.put("parameters", parameters()).put("movingAverages", averages());
    object.put("multiplyAdds", multiplyAdds()).put("activationBytes", activations());
    if (!recipe.network().auxiliary().isEmpty()) {
      ObjectNode auxiliary = object.putObject("auxiliary");
      ObjectNode outputs = auxiliary.putObject("outputs");
      recipe.network().auxiliary().forEach(o -> outputs.put(o.node().name(), o.weight()));
      auxiliary.put("parameters", parameters(ofTraining));
      auxiliary.put("multiplyAdds", multiplyAdds(ofTraining));
    }
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
    warnings.forEach(object.putArray("warnings")::add);
    return object;
  }

  /**
   * Height and width of a layer's receptive field, those of the image where it is the whole one.
   */
  private Optional<long[]> field(String layer) {
    Shape input = recipe.network().inputShape();
    return Optional.ofNullable(fields.get(layer))
        .map(
            field ->
                field.whole()
                    ? new long[] {input.height(), input.width()}
                    : new long[] {field.rows().size(), field.columns().size()});
  }

  private static void shape(ArrayNode array, Shape shape) {
    shape(array, Arrays.stream(shape.toArray()).asLongStream().toArray());
  }

  private static void shape(ArrayNode array, long[] extents) {
    for (long extent : extents) {
      array.add(extent);
    }
  }
}
