package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.CodedOutputStream;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a model as an ONNX file. Its input {@code input} is {@code [batch, channels, height,
 * width]} in float32, standardised as the metadata say ({@link ModelMetadata}); its output {@code
 * logits} is {@code [batch, classes]}, before any softmax. The batch is free. Parameters keep
 * Convoy's names. What only training knows stays out, but for dropout, which inference passes over.
 * One model gives the same bytes each time.
 */
public final class OnnxExport {
  /** The operators of this version are ONNX Runtime's since 1.20. */
  static final long OPSET = 21;

  private static final long IR_VERSION = 10;

  /** Bytes of a protobuf message at the most, less some room for the graph. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (32 << 20);

  private OnnxExport() {}

  /**
   * Writes the file, and leaves the stream open.
   *
   * @param version of the Convoy that writes it
   * @throws ConvoyException of kind USAGE when the weights exceed the 2 GB that ONNX keeps in one
   *     file
   */
  public static void write(Model model, String version, OutputStream out) throws IOException {
    long bytes = (long) model.weights().length * Float.BYTES;
    if (bytes > MOST_BYTES) {
      throw ConvoyException.usage(
          "%s: an ONNX file holds at most 2 GB; the weights have %d bytes: export safetensors",
          model.name(), bytes);
    }
    ModelProto.Builder file =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("Convoy")
            .setProducerVersion(version)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(new GraphWriter(model.network(), model.weights()).graph());
    ModelMetadata.write(model.preprocessing(), file);
    CodedOutputStream bytesOut = CodedOutputStream.newInstance(out);
    bytesOut.useDeterministicSerialization();
    file.build().writeTo(bytesOut);
    bytesOut.flush();
  }
}
