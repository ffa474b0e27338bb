package io.convoy.format.onnx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.convoy.data.RealData;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.network.Network;
import io.convoy.reference.Effort;
import io.convoy.reference.Mutations;
import io.convoy.zoo.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged files end in a network or in one clear error, with little effort: bytes change, or what
 * the graph says. {@code -Dconvoy.mutation.seconds=600} goes on for so long; where something else
 * happens, the test names the file and the number of the mutation.
 */
class OnnxMutationTest {
  private static final int ROUNDS = 4000;

  @Test
  void damagedFiles() {
    ObjectNode padding = Json.object().put("type", "resnet20").put("shortcut", "padding");
    List<byte[]> files = new ArrayList<>();
    for (Network network :
        List.of(
            EveryLayer.network(),
            EveryLayer.ofSeveralOperators(),
            Architecture.named("lenet5_original").network(),
            Architecture.read(padding, "network").network())) {
      byte[] file = Networks.exported(network, Networks.state(network));
      files.add(file);
      files.add(OnnxFiles.withoutRawData(file));
    }
    mutate(files);
  }

  /** The ONNX project's own files, one for each test of an operator. */
  @Test
  @Tag("data")
  void damagedFilesOfTheOnnxProject() throws IOException {
    Path folder = RealData.folder("onnx-node-tests/node");
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> tests = Files.list(folder).sorted()) {
      for (Path test : (Iterable<Path>) tests::iterator) {
        files.add(Files.readAllBytes(test.resolve("model.onnx")));
      }
    }
    mutate(files);
  }

  private static void mutate(List<byte[]> files) {
    Integer seconds = Integer.getInteger("convoy.mutation.seconds");
    long end = seconds == null ? Long.MAX_VALUE : System.nanoTime() + 1_000_000_000L * seconds;
    int rounds = seconds == null ? ROUNDS : Integer.MAX_VALUE;
    int networks = 0;
    int errors = 0;
    List<ModelProto> models = files.stream().map(OnnxMutationTest::parsed).toList();
    files.forEach(OnnxMutationTest::error); // classes are loaded, once
    for (int round = 0; round < rounds && System.nanoTime() < end; round++) {
      int file = round % files.size();
      byte[] damaged =
          round / files.size() % 2 == 0
              ? damaged(files.get(file), round)
              : GraphMutations.changed(models.get(file), round);
      String shown = "mutation %s of file %s".formatted(round, file);
      Effort<Optional<ConvoyException>> effort = effort(damaged, shown);
      assertTrue(effort.isLittle(damaged.length), () -> shown + ": " + effort);
      effort.result().ifPresent(error -> assertClear(error, shown));
      if (effort.result().isPresent()) {
        errors++;
      } else {
        networks++;
      }
    }
    System.out.printf("%d networks, %d errors%n", networks, errors);
    assertTrue(networks > 0 && errors > 0, "%s networks, %s errors".formatted(networks, errors));
  }

  private static ModelProto parsed(byte[] file) {
    try {
      return ModelProto.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Effort<Optional<ConvoyException>> effort(byte[] file, String shown) {
    try {
      return Effort.of(() -> error(file));
    } catch (RuntimeException | Error e) {
      throw new AssertionError(shown, e);
    }
  }

  /** None where it is a network. */
  private static Optional<ConvoyException> error(byte[] file) {
    try {
      OnnxImport.read(file, "x");
      return Optional.empty();
    } catch (ConvoyException e) {
      return Optional.of(e);
    }
  }

  private static void assertClear(ConvoyException error, String shown) {
    String message = error.getMessage();
    assertTrue(message.startsWith("x"), () -> shown + ": " + message);
    assertFalse(message.contains("\n"), () -> shown + ": " + message);
    assertTrue(message.length() < 10_000, () -> shown + ": " + message);
  }

  /** Changes anywhere, or where the graph stands: behind the weights. */
  private static byte[] damaged(byte[] whole, int round) {
    int graph = Math.max(0, whole.length - 8000);
    if (Mutations.below(2, round, -1) == 0 || graph == 0) {
      return Mutations.bytes(whole, round);
    }
    byte[] end = Mutations.bytes(Arrays.copyOfRange(whole, graph, whole.length), round);
    byte[] joined = Arrays.copyOf(whole, graph + end.length);
    System.arraycopy(end, 0, joined, graph, end.length);
    return joined;
  }
}
