package io.convoy.checkpoint;

import io.convoy.checkpoint.CheckpointManifest.FileSum;
import io.convoy.digest.Sha256;
import io.convoy.format.SafetensorsWriter;
import io.convoy.format.TensorSlice;
import io.convoy.json.Json;
import io.convoy.network.StateLayout;
import io.convoy.storage.StoreFolder;
import io.convoy.train.TrainingState;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** Writes the files of one checkpoint into a folder: each to its end, the manifest last. */
final class CheckpointWriter {
  /** A file to be: its size is known before its first byte is written. */
  private record Planned(long size, StoreFolder.Content content) {
    static Planned of(byte[] bytes) {
      return new Planned(bytes.length, out -> out.write(bytes));
    }

    static Planned of(SafetensorsWriter tensors) {
      return new Planned(tensors.length(), tensors::write);
    }
  }

  private final StoreFolder files;
  private final Map<String, Planned> planned = new LinkedHashMap<>();

  CheckpointWriter(StoreFolder files, StateLayout layout, Checkpoint checkpoint) {
    this.files = files;
    CheckpointMetadata metadata = checkpoint.metadata();
    Map<String, String> about = Map.of("step", Long.toString(metadata.step()));
    planned.put(StepFolder.MODEL, Planned.of(Json.lines(checkpoint.network())));
    if (checkpoint.preprocessing() != null) {
      planned.put(StepFolder.PREPROCESSING, Planned.of(Json.lines(checkpoint.preprocessing())));
      checkpoint
          .preprocessing()
          .standardization()
          .statistics()
          .ifPresent(
              measured ->
                  planned.put(
                      StepFolder.STATISTICS, tensors(StatisticsTensors.of(measured), about)));
    }
    TrainingState state = checkpoint.state();
    planned.put(StepFolder.WEIGHTS, tensors(StateTensors.weights(layout, state.weights()), about));
    planned.put(
        StepFolder.OPTIMIZER,
        tensors(StateTensors.slots(layout, metadata.slots(), state.slots()), about));
    if (state.ema() != null) {
      planned.put(StepFolder.EMA, tensors(StateTensors.weights(layout, state.ema()), about));
    }
    if (state.swa() != null) {
      planned.put(StepFolder.SWA, tensors(StateTensors.weights(layout, state.swa()), about));
    }
    planned.put(StepFolder.STATE, Planned.of(Json.lines(metadata)));
  }

  private static Planned tensors(List<TensorSlice> slices, Map<String, String> about) {
    return Planned.of(new SafetensorsWriter(slices, about));
  }

  /** Bytes that the checkpoint takes, but for its manifest. */
  long bytes() {
    return planned.values().stream().mapToLong(Planned::size).sum();
  }

  /** What the manifest will say; nothing is written. */
  CheckpointManifest manifest() throws IOException {
    Map<String, FileSum> sums = new TreeMap<>();
    for (Map.Entry<String, Planned> file : planned.entrySet()) {
      sums.put(file.getKey(), sum(OutputStream.nullOutputStream(), file.getValue()));
    }
    return new CheckpointManifest(CheckpointManifest.FORMAT_VERSION, sums);
  }

  /** Writes all files and then the manifest, which it returns. */
  CheckpointManifest write(Path folder) throws IOException {
    files.makeFolder(folder);
    Map<String, FileSum> sums = new TreeMap<>();
    for (Map.Entry<String, Planned> file : planned.entrySet()) {
      sums.put(file.getKey(), write(new Path(folder, file.getKey()), file.getValue()));
    }
    CheckpointManifest manifest = new CheckpointManifest(CheckpointManifest.FORMAT_VERSION, sums);
    byte[] bytes = Json.lines(manifest);
    files.write(new Path(folder, CheckpointManifest.NAME), out -> out.write(bytes));
    return manifest;
  }

  private FileSum write(Path path, Planned file) throws IOException {
    FileSum[] sum = new FileSum[1];
    files.write(path, out -> sum[0] = sum(out, file));
    long written = files.fileSystem().getFileStatus(path).getLen();
    if (written != file.size()) {
      throw new IOException(
          "%s has %s bytes after %s were written".formatted(path, written, file.size()));
    }
    return sum[0];
  }

  private static FileSum sum(OutputStream out, Planned file) throws IOException {
    MessageDigest digest = Sha256.digest();
    OutputStream summed = new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16);
    file.content().writeTo(summed);
    summed.flush();
    return new FileSum(file.size(), Sha256.hex(digest));
  }
}
