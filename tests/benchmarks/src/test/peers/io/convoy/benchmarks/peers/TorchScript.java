package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function of tensors in the language of TorchScript, which PyTorch compiles and differentiates
 * itself: all of its operators can be called by it, of which DJL hands on a part. It is loaded from
 * an archive as {@code torch.jit.save} writes it (torch/csrc/jit/docs/serialization.md).
 */
final class TorchScript implements AutoCloseable {
  private static final String VERSION = "10\n";

  /** Pickled: an empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  /** Pickled: an object of the class Function without attributes. */
  private static final String OBJECT = "\u0080\u0002c__torch__\nFunction\n)\u0081}b.";

  private static final String CODE =
      """
      class Function(Module):
        __parameters__ = []
        __buffers__ = []
        def forward(self: __torch__.Function, %s) -> Tensor:
          return %s
      """;

  private final PtSymbolBlock module;

  /**
   * @param arguments names of the tensors
   * @param expression of them
   */
  TorchScript(NDManager manager, Collection<String> arguments, String expression) {
    String declared =
        arguments.stream().map(name -> name + ": Tensor").collect(Collectors.joining(", "));
    byte[] archive = archive(CODE.formatted(declared, expression));
    try {
      module =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] archive(String code) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
      put(archive, "version", VERSION);
      put(archive, "data.pkl", OBJECT);
      put(archive, "constants.pkl", NO_CONSTANTS);
      put(archive, "code/__torch__.py", code);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream archive, String name, String content) throws IOException {
    archive.putNextEntry(new ZipEntry("function/" + name));
    archive.write(content.getBytes(StandardCharsets.ISO_8859_1));
    archive.closeEntry();
  }

  /** Its value, which remembers how it was computed where gradients are asked for. */
  PtNDArray apply(Collection<? extends NDArray> arguments) {
    return (PtNDArray)
        IValueUtils.forward(module, new NDList(arguments.toArray(NDArray[]::new)), true)
            .singletonOrThrow();
  }

  @Override
  public void close() {
    module.close();
  }
}
