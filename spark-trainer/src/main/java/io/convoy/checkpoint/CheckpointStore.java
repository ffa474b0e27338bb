package io.convoy.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.recipe.Preprocessing;
import io.convoy.storage.DamagedException;
import io.convoy.storage.Retries;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run. A checkpoint is there as a whole or not at all: it is written under a
 * temporary name, its manifest last, and then moved to its own; where the file system cannot move a
 * folder atomically ({@code convoy.checkpoint.atomic-rename}), it is written in place, and the
 * manifest is the commit. What is read is compared with the manifest's sums before it is given out.
 *
 * <p>One thread saves at a time.
 */
public final class CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

  /** Checkpoints that are kept by default. */
  public static final int KEEP_LAST = 3;

  private static final String NEWEST = ", or take the newest one";

  private final StoreFolder files;
  private final Optional<? extends CommitRight> owner;
  private final Path folder;
  private final int keepLast;

  public CheckpointStore(StoreFolder files, Optional<? extends CommitRight> owner, int keepLast) {
    if (keepLast < 1) {
      throw ConvoyException.usage("checkpoints to keep must be at least 1; got %d", keepLast);
    }
    this.files = files;
    this.owner = owner;
    this.folder = files.path("checkpoints");
    this.keepLast = keepLast;
  }

  /**
   * Saves a checkpoint and removes those that are no longer kept. When it fails, those before are
   * still there.
   *
   * @throws ConvoyException of kind DIVERGED when the state holds a NaN or infinity; RESOURCE when
   *     the file system does not take it or another driver owns the run
   * @throws IllegalStateException when the run was opened for reading only
   */
  public void save(StateLayout layout, Checkpoint checkpoint) {
    CommitRight mine =
        owner.orElseThrow(() -> new IllegalStateException("the run is open for reading only"));
    requireFit(layout, checkpoint);
    StateTensors.requireFinite(layout, checkpoint.metadata().slots(), checkpoint.state());
    CheckpointWriter writer = new CheckpointWriter(files, layout, checkpoint);
    CheckpointCommit commit =
        new CheckpointCommit(files, mine, folder, checkpoint.metadata().step());
    mine.check();
    try {
      commit.commit(writer);
    } catch (ConvoyException e) {
      commit.abandon();
      throw e;
    } catch (IOException e) {
      commit.abandon();
      mine.checkAfter(e);
      throw files.failure(
          "cannot write checkpoint %s (%s bytes): %s; the checkpoints before it are kept, so make"
                  .formatted(commit.target(), writer.bytes(), StoreFolder.reason(e))
              + " room or give access and resume",
          e);
    }
    prune(checkpoint.metadata());
  }

  private static void requireFit(StateLayout layout, Checkpoint checkpoint) {
    int slots = checkpoint.state().slots().size();
    int names = checkpoint.metadata().slots().size();
    int length = checkpoint.state().weights().length;
    if (slots != names || length != layout.length()) {
      throw new IllegalArgumentException(
          "a state must fit its layout and slot names; got slots=%s names=%s floats=%s layout=%s"
              .formatted(slots, names, length, layout.length()));
    }
  }

  /**
   * Removes the oldest of those up to the one just saved, but for the best and snapshots; a failure
   * costs room, nothing else.
   */
  private void prune(CheckpointMetadata saved) {
    try {
      List<Long> steps = steps().stream().filter(step -> step <= saved.step()).toList();
      for (long step : steps.subList(Math.min(keepLast, steps.size()), steps.size())) {
        if (!saved.keeps(step)) {
          files.fileSystem().delete(new Path(folder, StepFolder.name(step)), true);
        }
      }
    } catch (IOException e) {
      LOG.warn("old checkpoints in {} stay: {}", folder, StoreFolder.reason(e));
    }
  }

  /**
   * The newest whole checkpoint. Newer ones that are damaged are passed over with a warning.
   *
   * @param layout of the network that is to be trained on
   * @param slots names of the optimizer's state arrays
   * @return empty when the run has no checkpoint yet
   * @throws ConvoyException of kind DATA when it has some and none is whole, USAGE when the newest
   *     whole one is of another network or optimizer, RESOURCE when the files cannot be reached
   */
  public Optional<Checkpoint> loadNewest(StateLayout layout, List<String> slots) {
    return newest(
        (reader, step) -> {
          CheckpointMetadata metadata = reader.metadata(step);
          requireSlots(step, metadata.slots(), slots);
          return new Checkpoint(
              reader.network(),
              reader.state(step, layout, slots),
              metadata,
              reader.preprocessing());
        });
  }

  /**
   * The weights of the newest whole checkpoint, as {@link #loadNewest} finds it, whatever the
   * optimizer; its state has no slots, but averaged weights where the checkpoint has some.
   */
  public Optional<Checkpoint> loadNewestWeights(StateLayout layout) {
    return newest((reader, step) -> weights(reader, step, layout));
  }

  private static Checkpoint weights(CheckpointReader reader, long step, StateLayout layout)
      throws IOException, DamagedException {
    return new Checkpoint(
        reader.network(),
        reader.weights(step, layout),
        reader.metadata(step),
        reader.preprocessing());
  }

  /**
   * The weights of the best checkpoint, as the newest one whose {@code state.json} is whole names
   * it; otherwise like {@link #loadNewestWeights}.
   *
   * @return empty when the run keeps none, or has no checkpoint yet
   * @throws ConvoyException of kind DATA when the best one is gone or damaged; USAGE and RESOURCE
   *     as for the newest
   */
  public Optional<Checkpoint> loadBestWeights(StateLayout layout) {
    return newest((reader, step) -> Optional.ofNullable(reader.metadata(step).bestStep()))
        .flatMap(best -> best)
        .map(best -> loadWeights(layout, best));
  }

  private Checkpoint loadWeights(StateLayout layout, long step) {
    Path path = new Path(folder, StepFolder.name(step));
    return load(
        files, path, "the best checkpoint", NEWEST, reader -> weights(reader, step, layout));
  }

  private static <T> T load(
      StoreFolder files, Path path, String what, String otherwise, OnePart<T> part) {
    try {
      return Retries.of(() -> part.from(CheckpointReader.open(files, path)));
    } catch (DamagedException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          "%s, %s, is gone or not whole: %s; restore it from a copy%s"
              .formatted(what, path, e.getMessage(), otherwise),
          e);
    } catch (IOException e) {
      throw files.failed("read", path, e);
    }
  }

  /**
   * The newest whole checkpoint with its own network, as {@link #loadNewestWeights} finds it: for
   * whoever wants to use a network, and knows none yet.
   */
  public Optional<Checkpoint> loadNewestModel() {
    return newest((reader, step) -> model(reader));
  }

  /** The best checkpoint likewise, as {@link #loadBestWeights} finds it. */
  public Optional<Checkpoint> loadBestModel() {
    return newest((reader, step) -> Optional.ofNullable(reader.metadata(step).bestStep()))
        .flatMap(best -> best)
        .map(this::loadModel);
  }

  /**
   * The checkpoint of a step likewise.
   *
   * @throws ConvoyException of kind DATA when it is gone or damaged
   */
  public Checkpoint loadModel(long step) {
    return load(
        files,
        new Path(folder, StepFolder.name(step)),
        "the checkpoint of step " + step,
        NEWEST,
        CheckpointStore::model);
  }

  /**
   * A checkpoint by itself, wherever it lies and whatever its folder is called.
   *
   * @throws ConvoyException of kind DATA when it is gone or damaged
   */
  public static Checkpoint loadModel(StoreFolder checkpoint) {
    return load(checkpoint, checkpoint.root(), "the checkpoint", "", CheckpointStore::model);
  }

  /** Whether a folder is that of a checkpoint, by its manifest. */
  public static boolean isCheckpoint(StoreFolder folder) {
    Path manifest = folder.path(CheckpointManifest.NAME);
    try {
      return Retries.of(() -> folder.status(manifest)).isPresent();
    } catch (IOException e) {
      throw folder.failed("look at", manifest, e);
    } catch (DamagedException e) {
      throw new IllegalStateException("cannot happen: only its status is asked for", e);
    }
  }

  /** The folder of a step's checkpoint, whether it is there or not. */
  public Path folder(long step) {
    return new Path(folder, StepFolder.name(step));
  }

  private static Checkpoint model(CheckpointReader reader) throws IOException, DamagedException {
    CheckpointMetadata metadata = reader.metadata();
    JsonNode network = reader.network();
    StateLayout layout = Network.fromJson(network).layout();
    return new Checkpoint(
        network, reader.weights(metadata.step(), layout), metadata, reader.preprocessing());
  }

  /**
   * What the network of the newest checkpoint takes and gives, as {@link #loadNewest} finds it;
   * empty where it does not say.
   */
  public Optional<Preprocessing> newestPreprocessing() {
    return newest(
            (reader, step) -> {
              reader.verify();
              return Optional.ofNullable(reader.preprocessing());
            })
        .flatMap(found -> found);
  }

  /** The network of the newest checkpoint whose files are whole, as JSON. */
  public Optional<JsonNode> newestNetwork() {
    return newest(
        (reader, step) -> {
          reader.verify();
          return reader.network();
        });
  }

  private void requireSlots(long step, List<String> found, List<String> wanted) {
    if (!found.equals(wanted)) {
      throw ConvoyException.usage(
          "%s holds the optimizer state %s, the recipe's optimizer has %s; use the recipe that the"
              + " run was started with",
          new Path(folder, StepFolder.name(step)), found, wanted);
    }
  }

  /** What to read of a checkpoint. */
  @FunctionalInterface
  private interface Part<T> {
    T from(CheckpointReader reader, long step) throws IOException, DamagedException;
  }

  /** The same of a checkpoint whose step nobody knows beforehand. */
  @FunctionalInterface
  private interface OnePart<T> {
    T from(CheckpointReader reader) throws IOException, DamagedException;
  }

  private <T> Optional<T> newest(Part<T> part) {
    List<String> damaged = new ArrayList<>();
    try {
      for (long step : Retries.of(this::steps)) {
        Path path = new Path(folder, StepFolder.name(step));
        try {
          return Optional.of(Retries.of(() -> part.from(CheckpointReader.open(files, path), step)));
        } catch (DamagedException e) {
          LOG.warn("checkpoint {} is passed over: {}", path, e.getMessage());
          damaged.add(path.getName() + " (" + e.getMessage() + ")");
        }
      }
    } catch (IOException e) {
      throw files.failure(
          "cannot read the checkpoints in %s: %s; try again when the file system is well, or move"
                  .formatted(folder, StoreFolder.reason(e))
              + " a checkpoint that stays unreadable out of the way",
          e);
    } catch (DamagedException e) {
      throw new IllegalStateException("cannot happen: a listing is not damaged", e);
    }
    if (!damaged.isEmpty()) {
      throw ConvoyException.data(
          "none of the %d checkpoints in %s is whole: %s; restore one from a copy, or start a new"
              + " run with another --out",
          damaged.size(), folder, String.join("; ", damaged));
    }
    return Optional.empty();
  }

  /** The steps of the checkpoints that are there, whole or not, newest first. */
  private List<Long> steps() throws IOException {
    return files.names(folder).stream()
        .map(StepFolder::step)
        .filter(OptionalLong::isPresent)
        .map(OptionalLong::getAsLong)
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
