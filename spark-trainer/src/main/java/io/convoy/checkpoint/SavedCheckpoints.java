package io.convoy.checkpoint;

import io.convoy.storage.DamagedException;
import io.convoy.storage.Retries;
import io.convoy.storage.StoreFolder;
import io.convoy.train.ValidationResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which checkpoints of a run are there, and what the newest tells of all of them. Those whose files
 * are missing or cut short are passed over with a warning; sums are compared when one is loaded.
 *
 * @param steps of the checkpoints, ascending
 * @param validations of the run so far, of checkpoints that are gone too
 * @param snapshots steps that the schedule has kept
 */
public record SavedCheckpoints(
    List<Long> steps, List<ValidationResult> validations, List<Long> snapshots) {
  private static final Logger LOG = LoggerFactory.getLogger(SavedCheckpoints.class);

  public SavedCheckpoints {
    steps = List.copyOf(steps);
    validations = List.copyOf(validations);
    snapshots = List.copyOf(snapshots);
  }

  /**
   * Looks at a run's folder.
   *
   * @throws io.convoy.error.ConvoyException of kind RESOURCE when it cannot be reached
   */
  public static SavedCheckpoints of(StoreFolder run) {
    Path folder = run.path("checkpoints");
    try {
      return Retries.of(() -> read(run, folder));
    } catch (IOException e) {
      throw run.failed("read the checkpoints in", folder, e);
    } catch (DamagedException e) {
      throw new IllegalStateException("cannot happen: damaged ones are passed over", e);
    }
  }

  private static SavedCheckpoints read(StoreFolder run, Path folder) throws IOException {
    List<Long> steps =
        run.names(folder).stream()
            .map(StepFolder::step)
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .sorted()
            .toList();
    List<Long> whole = new ArrayList<>();
    CheckpointMetadata newest = null;
    for (long step : steps) {
      Path path = new Path(folder, StepFolder.name(step));
      try {
        newest = CheckpointReader.open(run, path).metadata(step);
        whole.add(step);
      } catch (DamagedException e) {
        LOG.warn("checkpoint {} is passed over: {}", path, e.getMessage());
      }
    }
    return newest == null
        ? new SavedCheckpoints(List.of(), List.of(), List.of())
        : new SavedCheckpoints(whole, newest.validations(), newest.snapshots());
  }
}
