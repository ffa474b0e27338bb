package io.convoy.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.LocalFiles;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.format.SafetensorsWriter;
import io.convoy.format.TensorSlice;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.FineTuning.Head;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartsTest {
  private static final Network NETWORK = Pretrainings.network(5);
  private static final float[] ALL = Numbers.array(77, Pretrainings.withSide(5).layout().length());
  private static final float[] TRAINED = Arrays.copyOf(ALL, NETWORK.layout().length());

  @TempDir Path folder;

  private FineTuning tuning() {
    return FineTuning.from(folder.resolve("w.safetensors").toString());
  }

  private void write(TensorSlice... tensors) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("w.safetensors"))) {
      var unused = new SafetensorsWriter(List.of(tensors), Map.of()).write(out);
    }
  }

  private static List<TensorSlice> tensors(Network network, String prefix) {
    List<TensorSlice> tensors = new ArrayList<>();
    for (StateLayout.Entry entry : network.layout().entries()) {
      tensors.add(
          new TensorSlice(prefix + entry.name(), entry.parameter().shape(), ALL, entry.offset()));
    }
    return tensors;
  }

  private static Start start(Network network, FineTuning tuning) {
    return Starts.of(Pretrainings.recipe(network, tuning), new LocalFiles());
  }

  private static String error(ConvoyException.Kind kind, Network network, FineTuning tuning) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> start(network, tuning));
    assertEquals(kind, error.kind(), error.getMessage());
    return error.getMessage();
  }

  private static boolean sameAs(float[] a, float[] b, StateLayout.Entry entry) {
    int end = entry.offset() + entry.length();
    return Arrays.equals(a, entry.offset(), end, b, entry.offset(), end);
  }

  /** What is exported is what a training starts from, bit for bit; its sum is that of the file. */
  @Test
  void anExportIsAStart() throws Exception {
    Recipe recipe = Pretrainings.recipe(NETWORK);
    Path file = folder.resolve("w.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      new SafetensorsExport(
              new Model(
                  "m",
                  NETWORK,
                  TRAINED,
                  Preprocessing.of(recipe, List.of("a", "b", "c", "d", "e")),
                  ConvolutionAlgorithm.AUTO))
          .write(out);
    }
    Start start = start(NETWORK, tuning());
    assertArrayEquals(TRAINED, start.weights());
    StartReport report = start.report().orElseThrow();
    assertEquals(Sha256.hex(digest(Files.readAllBytes(file))), report.sha256());
    assertEquals(
        NETWORK.layout().entries().stream().map(StateLayout.Entry::name).toList(), report.loaded());
    assertEquals(List.of(), report.fresh());
    assertArrayEquals(TRAINED, start(NETWORK, tuning().withSha256(report.sha256())).weights());
    String other = "0".repeat(64);
    assertEquals(
        "%s are other weights than fineTuning.sha256 asks for: their SHA-256 is %s, it should be %s;"
                .formatted(file, report.sha256(), other)
            + " restore the file, or take the key away",
        error(ConvoyException.Kind.DATA, NETWORK, tuning().withSha256(other)));
  }

  private static MessageDigest digest(byte[] bytes) {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes);
    return digest;
  }

  @Test
  void theHeadIsReplacedWhenAskedAlone() throws IOException {
    write(tensors(NETWORK, "").toArray(TensorSlice[]::new));
    Network seven = Pretrainings.network(7);
    assertEquals(
        "%s: the tensor 'fc.weight' has the shape [5, 6], the network wants [7, 6]: where the classes"
                .formatted(tuning().weights())
            + " are others, set fineTuning.head: replace, by which the last layer starts anew",
        error(ConvoyException.Kind.USAGE, seven, tuning()));
    for (Network network : List.of(seven, NETWORK)) {
      Start start = start(network, tuning().withHead(Head.REPLACE));
      float[] fresh = network.layout().initialState(3);
      for (StateLayout.Entry entry : network.layout().entries()) {
        float[] expected = entry.name().startsWith("fc.") ? fresh : TRAINED;
        assertTrue(sameAs(expected, start.weights(), entry), entry.name());
      }
      StartReport report = start.report().orElseThrow();
      assertEquals(List.of("fc.weight", "fc.bias"), report.fresh());
      assertEquals(List.of("fc.weight", "fc.bias"), report.skipped());
      assertEquals(
          "%s (SHA-256 %s…): 7 arrays loaded, 2 fresh (fc.weight, fc.bias), 2 of the weights skipped"
                  .formatted(tuning().weights(), report.sha256().substring(0, 12))
              + " (fc.weight, fc.bias)",
          report.line());
    }
  }

  /** A head more, or less, than the weights have; of each output the last layer is replaced. */
  @Test
  void auxiliaryHeadsComeAndGo() throws IOException {
    Network sided = Pretrainings.withSide(5);
    List<String> side = List.of("side.weight", "side.bias");
    write(tensors(NETWORK, "").toArray(TensorSlice[]::new));
    Start begun = start(sided, tuning());
    assertEquals(side, begun.report().orElseThrow().fresh());
    assertEquals(List.of(), begun.report().orElseThrow().skipped());
    float[] fresh = sided.layout().initialState(3);
    for (StateLayout.Entry entry : sided.layout().entries()) {
      float[] expected = entry.layer().equals("side") ? fresh : TRAINED;
      assertTrue(sameAs(expected, begun.weights(), entry), entry.name());
    }
    write(tensors(sided, "").toArray(TensorSlice[]::new));
    Start gone = start(NETWORK, tuning());
    assertEquals(side, gone.report().orElseThrow().skipped());
    assertEquals(List.of(), gone.report().orElseThrow().fresh());
    assertArrayEquals(TRAINED, gone.weights());
    Start replaced = start(Pretrainings.withSide(7), tuning().withHead(Head.REPLACE));
    assertEquals(
        List.of("fc.weight", "fc.bias", "side.weight", "side.bias"),
        replaced.report().orElseThrow().fresh());
  }

  @Test
  void anotherNetworksWeightsAreRefused() throws IOException {
    Network wider =
        Network.fromJson(
            Json.read(
                NETWORK
                    .toJson()
                    .toString()
                    .replace("\"outFeatures\":6", "\"outFeatures\":8")
                    .getBytes(StandardCharsets.UTF_8),
                JsonNode.class,
                "test"));
    write(tensors(NETWORK, "").toArray(TensorSlice[]::new));
    assertEquals(
        "%s: the tensor 'hidden.weight' has the shape [6, 4], the network wants [8, 4]: use the"
                .formatted(tuning().weights())
            + " network that the weights are of",
        error(ConvoyException.Kind.USAGE, wider, tuning()));
    write(tensors(NETWORK, "backbone.").toArray(TensorSlice[]::new));
    assertEquals(
        "%s: none of its tensors is an array of the network: its names are like"
                .formatted(tuning().weights())
            + " [backbone.conv1.weight, backbone.bn1.weight, backbone.bn1.bias], the network's like"
            + " [conv1.weight, bn1.weight, bn1.bias]",
        error(ConvoyException.Kind.USAGE, NETWORK, tuning()));
  }

  /**
   * What PyTorch's wrappers and counters add, and what a network lacks or has too much, is told.
   */
  @Test
  void wrappersCountersAndStrangersAreTold() throws IOException {
    List<TensorSlice> tensors = tensors(NETWORK, "module.");
    tensors.removeIf(tensor -> tensor.name().startsWith("module.hidden"));
    float[] more = {1, 2};
    tensors.add(new TensorSlice("module.bn1.num_batches_tracked", Shape.of(1), more, 0));
    tensors.add(new TensorSlice("aux.weight", Shape.of(2), more, 0));
    write(tensors.toArray(TensorSlice[]::new));
    StartReport report = start(NETWORK, tuning()).report().orElseThrow();
    assertEquals(List.of("hidden.weight", "hidden.bias"), report.fresh());
    assertEquals(List.of("aux.weight"), report.skipped());
    assertEquals(
        List.of("'module.' taken off 8 names", "1 num_batches_tracked passed over"),
        report.notes());
    tensors.add(new TensorSlice("conv1.weight", Shape.of(4, 3, 3, 3), TRAINED, 0));
    write(tensors.toArray(TensorSlice[]::new));
    assertEquals(
        "%s: module.conv1.weight and conv1.weight are both 'conv1.weight'"
            .formatted(tuning().weights()),
        error(ConvoyException.Kind.DATA, NETWORK, tuning()));
  }

  /** A dense layer is a convolution over all of its input; an excitation's one of 1x1. */
  @Test
  void aConvolutionsWeightIsThatOfADenseLayer() throws IOException {
    write(
        new TensorSlice("hidden.weight", Shape.of(6, 4, 1, 1), TRAINED, 0),
        new TensorSlice("conv1.weight", Shape.of(4, 27), TRAINED, 5));
    Start start = start(NETWORK, tuning());
    for (StateLayout.Entry entry : NETWORK.layout().entries()) {
      int from = entry.name().equals("hidden.weight") ? 0 : 5;
      if (entry.name().equals("hidden.weight") || entry.name().equals("conv1.weight")) {
        assertArrayEquals(
            Arrays.copyOfRange(TRAINED, from, from + entry.length()),
            Arrays.copyOfRange(start.weights(), entry.offset(), entry.offset() + entry.length()));
      }
    }
  }

  @Test
  void halvesAreReadExactlyAndTold() throws IOException {
    String json = "{\"fc.bias\":{\"dtype\":\"F16\",\"shape\":[5],\"data_offsets\":[0,10]}}";
    ByteBuffer file = ByteBuffer.allocate(8 + json.length() + 10).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length()).put(json.getBytes(StandardCharsets.US_ASCII));
    for (int half : new int[] {0x3C00, 0xBC00, 0x4000, 0x0001, 0x7BFF}) {
      file.putShort((short) half);
    }
    Files.write(folder.resolve("w.safetensors"), file.array());
    Start start = start(NETWORK, tuning());
    int length = start.weights().length;
    assertArrayEquals(
        new float[] {1, -1, 2, 0x1p-24f, 65504},
        Arrays.copyOfRange(start.weights(), length - 5, length));
    assertEquals(
        List.of("1 tensors of F16 read as F32, exactly"), start.report().orElseThrow().notes());
    file.putShort(8 + json.length() + 4, (short) 0x7C00);
    Files.write(folder.resolve("w.safetensors"), file.array());
    assertEquals(
        "%s: 'fc.bias' has Infinity at element 2; all weights must be finite"
            .formatted(tuning().weights()),
        error(ConvoyException.Kind.DATA, NETWORK, tuning()));
    Files.writeString(
        folder.resolve("w.safetensors"),
        new String(file.array(), StandardCharsets.ISO_8859_1).replace("F16", "I16"),
        StandardCharsets.ISO_8859_1);
    assertEquals(
        "%s: the tensor 'fc.bias' has dtype I16; weights are F32, F16, BF16 or F64"
            .formatted(tuning().weights()),
        error(ConvoyException.Kind.DATA, NETWORK, tuning()));
  }

  /** A damaged file is a start or one clear error; both turn up. */
  @Test
  void noDamageEscapesAsAnotherError() throws IOException {
    write(tensors(NETWORK, "").toArray(TensorSlice[]::new));
    Path file = folder.resolve("w.safetensors");
    byte[] whole = Files.readAllBytes(file);
    int header = 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Set<Object> outcomes = new HashSet<>();
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = whole.clone();
      for (int hit = 0; hit <= round % 3; hit++) {
        int bound = round % 5 == 0 ? whole.length : header;
        int at = (int) Long.remainderUnsigned(Numbers.bits(round, 2 * hit), bound);
        damaged[at] = (byte) Numbers.bits(round, 2 * hit + 1);
      }
      Files.write(file, damaged);
      try {
        outcomes.add(start(NETWORK, tuning()).report().isPresent());
      } catch (ConvoyException e) {
        outcomes.add(e.kind());
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      }
    }
    assertTrue(outcomes.containsAll(Set.of(true, ConvoyException.Kind.DATA)), outcomes::toString);
  }

  @Test
  void whatIsNoFileIsTold() throws IOException {
    assertEquals(
        ("fineTuning.weights: there is no file '%s'; name a safetensors or an ONNX file, such as a"
                + " checkpoint's weights.safetensors")
            .formatted(tuning().weights()),
        error(ConvoyException.Kind.USAGE, NETWORK, tuning()));
    Files.createDirectory(folder.resolve("w.safetensors"));
    assertTrue(
        error(ConvoyException.Kind.USAGE, NETWORK, tuning())
            .startsWith("fineTuning.weights: there"));
  }

  /** Of a run, the network may be another one with arrays of the same names. */
  @Test
  void aTrainedNetworkIsAStart() {
    Recipe recipe =
        Pretrainings.recipe(
            Pretrainings.network(7), FineTuning.from("runs/1").withHead(Head.REPLACE));
    Start start = Starts.of(recipe, NETWORK, TRAINED);
    StateLayout layout = recipe.network().layout();
    layout.entries().stream()
        .filter(entry -> !entry.name().startsWith("fc."))
        .forEach(entry -> assertTrue(sameAs(TRAINED, start.weights(), entry), entry.name()));
    assertEquals(List.of("fc.weight", "fc.bias"), start.report().orElseThrow().fresh());
    float[] sevens = recipe.network().layout().initialState(3);
    assertArrayEquals(
        Arrays.copyOfRange(sevens, layout.length() - 49, layout.length()),
        Arrays.copyOfRange(start.weights(), layout.length() - 49, layout.length()));
    assertFalse(Starts.of(Pretrainings.recipe(NETWORK), new LocalFiles()).report().isPresent());
  }
}
