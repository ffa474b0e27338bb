package io.convoy.pretrained;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.format.ElementType;
import io.convoy.format.LittleEndianFloats;
import io.convoy.format.SafetensorsHeader.Tensor;
import io.convoy.format.SafetensorsReader;
import io.convoy.format.TensorSlice;
import io.convoy.format.onnx.OnnxWeights;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Recipe;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts together what a training starts from: the initializers' weights, and over them those that
 * the recipe's {@code fineTuning} names.
 */
public final class Starts {
  private static final int BUFFER = 1 << 16;

  /** How the name of an ONNX file ends. */
  private static final String ONNX = ".onnx";

  private Starts() {}

  /**
   * By a recipe whose weights, if it names some, are a safetensors file, or an ONNX file whose name
   * ends in {@value #ONNX}.
   *
   * @throws ConvoyException of kind USAGE when there is no such file or it is of another network;
   *     DATA when it is damaged, or has another SHA-256 than the recipe wants; RESOURCE when it
   *     cannot be read
   */
  public static Start of(Recipe recipe, FileStore files) {
    FineTuning given = recipe.fineTuning();
    if (given == null || given.weights() == null) {
      return new Start(initial(recipe), Optional.empty());
    }
    String place = given.weights();
    try {
      FileStore.Entry file =
          files
              .find(place)
              .filter(found -> !found.directory())
              .orElseThrow(
                  () ->
                      ConvoyException.usage(
                          "fineTuning.weights: there is no file '%s'; name a safetensors or an ONNX"
                              + " file, such as a checkpoint's weights.safetensors",
                          place));
      if (place.endsWith(ONNX)) {
        return read(recipe, StoredFile.read(files, place));
      }
      MessageDigest digest = Sha256.digest();
      try (InputStream in =
          new DigestInputStream(new BufferedInputStream(files.open(place), BUFFER), digest)) {
        return read(recipe, SafetensorsReader.open(in, file.length(), place), digest);
      }
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "fineTuning.weights: %s cannot be read: %s".formatted(place, e.getMessage()),
          e);
    }
  }

  /** Of an ONNX file. */
  private static Start read(Recipe recipe, byte[] file) {
    FineTuning given = recipe.fineTuning();
    TensorMatch match = new TensorMatch(recipe.network(), given.head(), given.weights());
    float[] state = initial(recipe);
    Map<String, Integer> types = new TreeMap<>();
    for (OnnxWeights.Tensor tensor : OnnxWeights.read(file, given.weights())) {
      Optional<StateLayout.Entry> target = match.target(tensor.name(), tensor.shape());
      if (target.isPresent()) {
        StateLayout.Entry entry = target.get();
        System.arraycopy(tensor.values(), 0, state, entry.offset(), entry.length());
        types.merge(tensor.type(), 1, Integer::sum);
      }
    }
    match.requireAny();
    List<String> notes = new ArrayList<>();
    types.forEach(
        (type, count) -> {
          if (!type.equals("FLOAT")) {
            notes.add("%s tensors of %s made floats".formatted(count, type));
          }
        });
    MessageDigest digest = Sha256.digest();
    digest.update(file);
    return finished(recipe, state, match.report(Sha256.hex(digest), notes));
  }

  private static Start read(Recipe recipe, SafetensorsReader reader, MessageDigest whole)
      throws IOException {
    FineTuning given = recipe.fineTuning();
    TensorMatch match = new TensorMatch(recipe.network(), given.head(), given.weights());
    float[] state = initial(recipe);
    List<Optional<TensorSlice>> into = new ArrayList<>();
    Map<ElementType, Integer> types = new EnumMap<>(ElementType.class);
    for (Tensor tensor : reader.header().tensors()) {
      Optional<StateLayout.Entry> target = match.target(tensor.name(), tensor.shape());
      if (target.isPresent()) {
        requireFloating(tensor, given.weights());
        types.merge(tensor.type(), 1, Integer::sum);
      }
      into.add(target.map(entry -> slice(entry, state)));
    }
    match.requireAny(); // before anything is read
    String unused = reader.readSome(into);
    return finished(recipe, state, match.report(Sha256.hex(whole), notes(types)));
  }

  private static TensorSlice slice(StateLayout.Entry entry, float[] state) {
    return new TensorSlice(entry.name(), entry.parameter().shape(), state, entry.offset());
  }

  private static void requireFloating(Tensor tensor, String place) {
    if (!tensor.type().isFloating()) {
      throw ConvoyException.data(
          "%s: the tensor '%s' has dtype %s; weights are F32, F16, BF16 or F64",
          place, tensor.name(), tensor.type());
    }
  }

  private static List<String> notes(Map<ElementType, Integer> types) {
    List<String> notes = new ArrayList<>();
    types.forEach(
        (type, count) -> {
          if (type != ElementType.F32) {
            notes.add(
                "%s tensors of %s %s"
                    .formatted(
                        count,
                        type,
                        type == ElementType.F64 ? "rounded to F32" : "read as F32, exactly"));
          }
        });
    return notes;
  }

  /**
   * By a recipe whose weights are those of a trained network.
   *
   * @param source the network
   * @param weights its state vector; copied
   * @throws ConvoyException of kind USAGE when the network is another; DATA when the weights have
   *     another SHA-256 than the recipe wants
   */
  public static Start of(Recipe recipe, Network source, float[] weights) {
    FineTuning given = recipe.fineTuning();
    TensorMatch match = new TensorMatch(recipe.network(), given.head(), given.weights());
    float[] state = initial(recipe);
    for (StateLayout.Entry from : source.layout().entries()) {
      List<Long> shape = new ArrayList<>();
      for (int extent : from.parameter().shape().toArray()) {
        shape.add((long) extent);
      }
      match
          .target(from.name(), shape)
          .ifPresent(
              to -> System.arraycopy(weights, from.offset(), state, to.offset(), to.length()));
    }
    match.requireAny();
    String sha256 = LittleEndianFloats.sha256(weights);
    return finished(recipe, state, match.report(sha256, List.of()));
  }

  private static float[] initial(Recipe recipe) {
    return recipe.network().layout().initialState(recipe.seed());
  }

  private static Start finished(Recipe recipe, float[] state, StartReport report) {
    FineTuning given = recipe.fineTuning();
    if (given.sha256() != null && !given.sha256().equals(report.sha256())) {
      throw ConvoyException.data(
          "%s are other weights than fineTuning.sha256 asks for: their SHA-256 is %s, it should be"
              + " %s; restore the file, or take the key away",
          given.weights(), report.sha256(), given.sha256());
    }
    for (StateLayout.Entry entry : recipe.network().layout().entries()) {
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        if (!Float.isFinite(state[i])) {
          throw ConvoyException.data(
              "%s: '%s' has %s at element %d; all weights must be finite",
              given.weights(), entry.name(), state[i], i - entry.offset());
        }
      }
    }
    return new Start(state, Optional.of(report));
  }
}
