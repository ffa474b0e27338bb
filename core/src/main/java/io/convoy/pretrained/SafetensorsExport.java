package io.convoy.pretrained;

import io.convoy.format.SafetensorsWriter;
import io.convoy.format.TensorSlice;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.network.StateLayout;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A trained network as a safetensors file for other tools: each array under its name, kernels in
 * OIHW, dense weights [out, in]. Networks of the zoo that torchvision has are named as there, so
 * that its {@code load_state_dict} takes them. The metadata say what is done to images before, and
 * what the outputs are called.
 */
public final class SafetensorsExport {
  /** Dense layers of ours that are convolutions of 1x1 in torchvision: those of an excitation. */
  private static final Pattern POINTWISE =
      Pattern.compile("features\\.[0-9]+\\.[0-9]+\\.block\\.[0-9]+\\.fc[12]\\.weight");

  private final SafetensorsWriter writer;

  public SafetensorsExport(Model model) {
    List<TensorSlice> tensors =
        model.network().layout().entries().stream()
            .map(entry -> slice(entry, model.weights()))
            .toList();
    this.writer =
        new SafetensorsWriter(
            tensors,
            Map.of(
                "format", "pt",
                "convoy.network", Json.text(model.network()),
                "convoy.preprocessing", Json.text(model.preprocessing())));
  }

  private static TensorSlice slice(StateLayout.Entry entry, float[] weights) {
    Shape shape = entry.parameter().shape();
    Shape written =
        POINTWISE.matcher(entry.name()).matches()
            ? Shape.of(shape.extent(0), shape.extent(1), 1, 1)
            : shape;
    return new TensorSlice(entry.name(), written, weights, entry.offset());
  }

  /** Bytes of the file. */
  public long length() {
    return writer.length();
  }

  /** Writes the file and leaves the stream open. */
  public void write(OutputStream out) throws IOException {
    String unused = writer.write(out);
  }
}
