package io.convoy.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.CheckpointManifest.FileSum;
import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.ImageStatistics.Parts;
import io.convoy.error.ConvoyException;
import io.convoy.format.SafetensorsReader;
import io.convoy.format.TensorSlice;
import io.convoy.json.Json;
import io.convoy.network.StateLayout;
import io.convoy.recipe.Preprocessing;
import io.convoy.storage.DamagedException;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.SummedInput;
import io.convoy.tensor.Shape;
import io.convoy.train.TrainingState;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Reads one checkpoint and believes nothing in it before its sum is right. What is wrong with the
 * files is a {@link DamagedException}; that they cannot be reached is an {@link IOException}; that
 * they are whole but of another network is a {@link ConvoyException} of kind USAGE.
 */
final class CheckpointReader {
  private static final int JSON_LIMIT = 64 << 20;
  private static final Set<String> FILES =
      Set.of(StepFolder.MODEL, StepFolder.WEIGHTS, StepFolder.OPTIMIZER, StepFolder.STATE);
  private static final Set<String> OPTIONAL =
      Set.of(StepFolder.EMA, StepFolder.SWA, StepFolder.PREPROCESSING, StepFolder.STATISTICS);

  private final StoreFolder files;
  private final Path folder;
  private final CheckpointManifest manifest;

  private CheckpointReader(StoreFolder files, Path folder, CheckpointManifest manifest) {
    this.files = files;
    this.folder = folder;
    this.manifest = manifest;
  }

  /** Reads the manifest and compares it with the files that are there, by name and size. */
  static CheckpointReader open(StoreFolder files, Path folder)
      throws IOException, DamagedException {
    CheckpointReader reader = new CheckpointReader(files, folder, manifest(files, folder));
    for (String name : reader.manifest.files().keySet()) {
      reader.requireSize(name);
    }
    return reader;
  }

  private static CheckpointManifest manifest(StoreFolder files, Path folder)
      throws IOException, DamagedException {
    CheckpointManifest manifest;
    try {
      byte[] bytes =
          files.read(new Path(folder, CheckpointManifest.NAME), CheckpointManifest.LIMIT);
      manifest = Json.readFile(bytes, CheckpointManifest.class, "");
    } catch (FileNotFoundException e) {
      throw new DamagedException("it has no MANIFEST.json: its writing was never finished", e);
    } catch (ChecksumException | EOFException | ConvoyException e) {
      throw new DamagedException("its MANIFEST.json is unreadable: " + StoreFolder.reason(e), e);
    }
    if (manifest == null || manifest.formatVersion() != CheckpointManifest.FORMAT_VERSION) {
      throw new DamagedException(
          "its MANIFEST.json must be of format version %s; it is of %s"
              .formatted(
                  CheckpointManifest.FORMAT_VERSION,
                  manifest == null ? "none" : manifest.formatVersion()));
    }
    Set<String> listed = new TreeSet<>(manifest.files().keySet());
    listed.removeAll(OPTIONAL);
    if (!listed.equals(FILES) || manifest.files().containsValue(null)) {
      throw new DamagedException(
          "its MANIFEST.json must list %s and may list %s; it lists %s"
              .formatted(
                  FILES.stream().sorted().toList(),
                  OPTIONAL.stream().sorted().toList(),
                  manifest.files().keySet()));
    }
    if (listed(manifest, StepFolder.EMA) && listed(manifest, StepFolder.SWA)) {
      throw new DamagedException(
          "its MANIFEST.json must list one of %s and %s at the most; it lists both"
              .formatted(StepFolder.EMA, StepFolder.SWA));
    }
    return manifest;
  }

  private static boolean listed(CheckpointManifest manifest, String name) {
    return manifest.files().containsKey(name);
  }

  private void requireSize(String name) throws IOException, DamagedException {
    Optional<FileStatus> status = files.status(new Path(folder, name));
    if (status.isEmpty()) {
      throw new DamagedException(name + " is missing");
    }
    long wanted = manifest.files().get(name).size();
    if (status.get().isDirectory() || status.get().getLen() != wanted) {
      throw new DamagedException(
          "%s must have %s bytes; it has %s".formatted(name, wanted, status.get().getLen()));
    }
  }

  CheckpointManifest manifest() {
    return manifest;
  }

  /** Reads every byte and compares the sums. */
  void verify() throws IOException, DamagedException {
    for (String name : manifest.files().keySet()) {
      read(name, in -> null);
    }
  }

  /** The network, as JSON. */
  JsonNode network() throws IOException, DamagedException {
    return json(StepFolder.MODEL, JsonNode.class);
  }

  /** What the network takes and gives; null where the checkpoint does not say. */
  Preprocessing preprocessing() throws IOException, DamagedException {
    if (!manifest.files().containsKey(StepFolder.PREPROCESSING)) {
      return null;
    }
    Preprocessing read = json(StepFolder.PREPROCESSING, Preprocessing.class);
    Parts parts = read.standardization().parts();
    if (manifest.files().containsKey(StepFolder.STATISTICS) == (parts == Parts.NONE)) {
      throw new DamagedException(
          "it has %s %s, and its %s asks for %s"
              .formatted(
                  parts == Parts.NONE ? "a" : "no",
                  StepFolder.STATISTICS,
                  StepFolder.PREPROCESSING,
                  parts == Parts.NONE ? "none" : "one"));
    }
    return parts == Parts.NONE ? read : read.withStatistics(statistics(read.input(), parts));
  }

  private ImageStatistics statistics(Shape input, Parts parts)
      throws IOException, DamagedException {
    long size = manifest.files().get(StepFolder.STATISTICS).size();
    if (ImageStatistics.bytes(parts, input) > size) {
      throw new DamagedException(
          "%s has %s bytes, too few for images of %s"
              .formatted(StepFolder.STATISTICS, size, input));
    }
    Path file = new Path(folder, StepFolder.STATISTICS);
    return read(
        StepFolder.STATISTICS,
        in ->
            StatisticsTensors.read(
                SafetensorsReader.open(in, size, file.toString()), parts, input, file));
  }

  /** Where the training stood, whatever the folder says. */
  CheckpointMetadata metadata() throws IOException, DamagedException {
    return json(StepFolder.STATE, CheckpointMetadata.class);
  }

  /** Where the training stood. */
  CheckpointMetadata metadata(long step) throws IOException, DamagedException {
    CheckpointMetadata metadata = metadata();
    if (metadata.step() != step) {
      throw new DamagedException(
          "state.json must be of step %s, as its folder says; it is of step %s"
              .formatted(step, metadata.step()));
    }
    return metadata;
  }

  /** The weights, the optimizer's state where {@code slots} names some, averaged weights if any. */
  TrainingState state(long step, StateLayout layout, List<String> slots)
      throws IOException, DamagedException {
    TrainingState weights = weights(step, layout);
    List<float[]> arrays = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      arrays.add(new float[layout.length()]);
    }
    fill(StepFolder.OPTIMIZER, StateTensors.slots(layout, slots, arrays));
    return new TrainingState(step, weights.weights(), arrays, weights.ema(), weights.swa());
  }

  /** The weights and averaged weights alone, for a network that is not trained on. */
  TrainingState weights(long step, StateLayout layout) throws IOException, DamagedException {
    float[] weights = new float[layout.length()];
    fill(StepFolder.WEIGHTS, StateTensors.weights(layout, weights));
    return new TrainingState(
        step, weights, List.of(), average(StepFolder.EMA, layout), average(StepFolder.SWA, layout));
  }

  /** Null where there is none of that name. */
  private float[] average(String name, StateLayout layout) throws IOException, DamagedException {
    if (!manifest.files().containsKey(name)) {
      return null;
    }
    float[] average = new float[layout.length()];
    fill(name, StateTensors.weights(layout, average));
    return average;
  }

  private void fill(String name, List<TensorSlice> slices) throws IOException, DamagedException {
    Path file = new Path(folder, name);
    long size = manifest.files().get(name).size();
    read(
        name,
        in -> {
          SafetensorsReader tensors = SafetensorsReader.open(in, size, file.toString());
          StateTensors.requireSame(tensors.header().tensors(), slices, file);
          return tensors.read(slices);
        });
  }

  private <T> T json(String name, Class<T> type) throws IOException, DamagedException {
    if (manifest.files().get(name).size() > JSON_LIMIT) {
      throw new DamagedException(
          "%s must have at most %s bytes; it has %s"
              .formatted(name, JSON_LIMIT, manifest.files().get(name).size()));
    }
    byte[] bytes = read(name, InputStream::readAllBytes);
    try {
      T value = Json.readFile(bytes, type, "");
      if (value == null) {
        throw new DamagedException(name + " holds nothing");
      }
      return value;
    } catch (ConvoyException e) {
      throw new DamagedException("%s is unreadable: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Something that takes a file apart. */
  @FunctionalInterface
  private interface Parse<T> {
    T from(InputStream in) throws IOException;
  }

  /**
   * Takes a file apart and gives the result out only when the whole file has the manifest's sum. An
   * error in taking it apart counts only then, too: before, it is but a sign of damage.
   */
  private <T> T read(String name, Parse<T> parse) throws IOException, DamagedException {
    FileSum expected = manifest.files().get(name);
    T result = null;
    ConvoyException problem = null;
    try (SummedInput in = new SummedInput(files.fileSystem().open(new Path(folder, name)))) {
      try {
        result = parse.from(new BufferedInputStream(in, 1 << 16));
      } catch (ConvoyException e) {
        problem = e;
      }
      String sha256 = in.finish();
      if (in.count() != expected.size() || !sha256.equals(expected.sha256())) {
        throw new DamagedException(
            "%s was altered: SHA-256 must be %s over %s bytes; it is %s over %s"
                .formatted(name, expected.sha256(), expected.size(), sha256, in.count()));
      }
    } catch (FileNotFoundException e) {
      throw new DamagedException(name + " is missing", e);
    } catch (ChecksumException | EOFException e) {
      throw new DamagedException("%s is unreadable: %s".formatted(name, StoreFolder.reason(e)), e);
    }
    if (problem != null && problem.kind() == ConvoyException.Kind.USAGE) {
      throw problem;
    }
    if (problem != null) {
      throw new DamagedException(problem.getMessage(), problem);
    }
    return result;
  }
}
