package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.convoy.error.ConvoyException;
import io.convoy.network.Network;
import io.convoy.recipe.Preprocessing;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A network that an ONNX file describes, in Convoy's layers.
 *
 * @param network with the file's weights it gives what the file's graph gives
 * @param state weights and moving averages in the network's layout
 * @param preprocessing what the file says of images, where Convoy wrote it
 * @param classes what the file calls the classes; empty where it does not say
 */
public record OnnxImport(
    Network network, float[] state, Optional<Preprocessing> preprocessing, List<String> classes) {
  public OnnxImport {
    classes = List.copyOf(classes);
  }

  /**
   * Reads a file. It takes memory for no more than the file holds.
   *
   * @param bytes of the whole file
   * @param file its name, for messages
   * @throws ConvoyException of kind DATA when it is no ONNX file, or a damaged one; USAGE when it
   *     uses what Convoy does not have: the message lists operators, nodes and why
   */
  public static OnnxImport read(byte[] bytes, String file) {
    return read(bytes, file, Optional.empty());
  }

  /**
   * Likewise of a file that is for images of any size.
   *
   * @param input the size for which it is read; where it is not given, that of the preprocessing
   *     which Convoy wrote, or the file's own
   */
  public static OnnxImport read(byte[] bytes, String file, Optional<Shape> input) {
    ModelProto model = OnnxFile.parse(bytes, file);
    Optional<Preprocessing> preprocessing = ModelMetadata.preprocessing(model, file);
    List<String> classes = ModelMetadata.classes(model, file);
    Optional<Shape> size = input.or(() -> preprocessing.map(Preprocessing::input));
    NetworkAssembly assembly =
        new GraphReader(model.getGraph(), file, OnnxFile.opset(model, file), size).read();
    Network network = network(assembly, file);
    if (input.filter(asked -> !asked.equals(network.inputShape())).isPresent()) {
      throw ConvoyException.usage(
          "%s is for inputs of %s alone; got %s, by --input: leave it away",
          file, network.inputShape(), input.get());
    }
    return new OnnxImport(network, assembly.state(network), preprocessing, classes);
  }

  private static Network network(NetworkAssembly assembly, String file) {
    try {
      return assembly.network();
    } catch (ConvoyException e) {
      throw new ConvoyException(e.kind(), file + ": " + e.getMessage(), e);
    }
  }
}
