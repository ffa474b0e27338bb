package io.convoy.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.checkpoint.SavedCheckpoints;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.storage.DamagedException;
import io.convoy.storage.Retries;
import io.convoy.storage.StoreFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a run, on any Hadoop file system. A driver creates it or resumes it, and owns it
 * from then on; anyone may open it to read.
 *
 * <pre>
 *   RunFolder run = RunFolder.resume(out, configuration, DriverIdentity.here(applicationId));
 *   CheckpointStore checkpoints = run.checkpoints(CheckpointStore.KEEP_LAST);
 *   Optional&lt;Checkpoint&gt; last = checkpoints.loadNewest(layout, optimizer.slots());
 *   run.metrics().cutBack(last.map(c -&gt; c.metadata().step()).orElse(0L));
 * </pre>
 */
public final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

  /** The list of damaged and mislabelled files, which may be there before the run is. */
  public static final String REJECTED = "rejected.jsonl";

  /** What is known of examined files, likewise. */
  public static final String EXAMINED = "examined.jsonl";

  /** What the last evaluation has found. */
  public static final String EVALUATION = "evaluation.json";

  /** What the last validation has found, in the same form. */
  public static final String VALIDATION = "validation.json";

  /** What can be looked at: images, maps and filters, as a report shows them. */
  public static final String PICTURES = "pictures.json";

  /** A training step layer by layer, beside what the machine can do. */
  public static final String LAYERS = "layers.json";

  private static final int DESCRIPTION_LIMIT = 16 << 20;
  private static final int RESULT_LIMIT = 1 << 20;
  private static final int EVALUATION_LIMIT = 64 << 20;

  private final StoreFolder files;
  private final Optional<RunOwner> owner;
  private final RunDescription description;
  private final MetricsLog metrics;

  private RunFolder(StoreFolder files, Optional<RunOwner> owner, RunDescription description) {
    this.files = files;
    this.owner = owner;
    this.description = description;
    this.metrics = new MetricsLog(files, owner);
  }

  /**
   * Starts a run in a new or empty folder.
   *
   * @param location the folder; without a scheme on the default file system
   * @throws ConvoyException of kind USAGE when the folder holds another run or anything else;
   *     RESOURCE when the file system does not take it
   */
  public static RunFolder create(
      String location,
      Configuration configuration,
      RunDescription description,
      DriverIdentity driver) {
    StoreFolder files = StoreFolder.at(location, configuration);
    try {
      RunOwner owner = new NewRun(files).create(description, driver);
      return new RunFolder(files, Optional.of(owner), description);
    } catch (IOException e) {
      throw files.unwritable(
          "create run folder",
          files.root(),
          e,
          "make room or give access there, or choose another --out");
    }
  }

  /**
   * Makes sure that {@link #create} would find a new or empty folder, so that this can be told
   * before anything is started.
   *
   * @throws ConvoyException of kind USAGE when the folder holds another run or anything else;
   *     RESOURCE when it cannot be looked at
   */
  public static void requireFree(String location, Configuration configuration) {
    StoreFolder files = StoreFolder.at(location, configuration);
    try {
      new NewRun(files).requireEmpty();
    } catch (IOException e) {
      throw files.failed("look at run folder", files.root(), e);
    }
  }

  /**
   * Whether a driver has claimed the folder and did not make it a run, so that there is no recipe
   * to resume: {@link #finish} does that.
   */
  public static boolean isUnfinished(String location, Configuration configuration) {
    StoreFolder files = StoreFolder.at(location, configuration);
    try {
      return new NewRun(files).isUnfinished();
    } catch (IOException e) {
      throw files.failed("read run folder", files.root(), e);
    }
  }

  /**
   * Makes an unfinished folder a run, in place of the driver that claimed it: where that one is
   * still at work, it stops.
   *
   * @throws ConvoyException of kind RESOURCE when another driver does so at the same moment or the
   *     file system does not take it
   */
  public static RunFolder finish(
      String location,
      Configuration configuration,
      RunDescription description,
      DriverIdentity driver) {
    StoreFolder files = StoreFolder.at(location, configuration);
    try {
      RunOwner owner = new NewRun(files).finish(description, driver);
      return new RunFolder(files, Optional.of(owner), description);
    } catch (IOException e) {
      throw files.unwritable(
          "create run folder",
          files.root(),
          e,
          "make room or give access there, then resume again");
    }
  }

  /**
   * Takes an existing run over from the driver that had it, which stops before its next commit.
   *
   * @throws ConvoyException of kind USAGE when there is no run; RESOURCE when another driver takes
   *     it over at the same moment or the files cannot be reached
   */
  public static RunFolder resume(
      String location, Configuration configuration, DriverIdentity driver) {
    StoreFolder files = StoreFolder.at(location, configuration);
    RunDescription description = describe(files, NewRun::nothingToResume);
    try {
      return new RunFolder(files, Optional.of(RunOwner.takeOver(files, driver)), description);
    } catch (IOException e) {
      throw files.unwritable(
          "take over run", files.root(), e, "make room or give access there, then resume again");
    }
  }

  /**
   * Opens an existing run to read.
   *
   * @throws ConvoyException of kind USAGE when there is no run
   */
  public static RunFolder open(String location, Configuration configuration) {
    StoreFolder files = StoreFolder.at(location, configuration);
    return new RunFolder(files, Optional.empty(), describe(files, NewRun::nothingToRead));
  }

  /**
   * Opens an existing run to read what is to be resumed. Like {@link #open}, but its errors say
   * what to do about a resume.
   */
  public static RunFolder openToResume(String location, Configuration configuration) {
    StoreFolder files = StoreFolder.at(location, configuration);
    return new RunFolder(files, Optional.empty(), describe(files, NewRun::nothingToResume));
  }

  /**
   * Whether this application was the last to claim the folder: then a later attempt of the
   * application resumes the run by itself, or creates it where the earlier one did not come to
   * that.
   */
  public static boolean isDrivenBy(
      String applicationId, String location, Configuration configuration) {
    StoreFolder files = StoreFolder.at(location, configuration);
    try {
      return RunOwner.latestApplication(files).filter(applicationId::equals).isPresent();
    } catch (IOException e) {
      throw files.failed("read run folder", files.root(), e);
    }
  }

  /** What to say where there is no run. */
  @FunctionalInterface
  private interface NoRun {
    ConvoyException error(NewRun run) throws IOException;
  }

  private static RunDescription describe(StoreFolder files, NoRun none) {
    try {
      return Retries.of(() -> readDescription(files, none));
    } catch (IOException e) {
      throw files.failed("read", files.path(NewRun.DESCRIPTION), e);
    } catch (DamagedException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          "%s is not a run's description: %s; restore it from a copy, or start a new run"
              .formatted(files.path(NewRun.DESCRIPTION), e.getMessage()),
          e);
    }
  }

  private static RunDescription readDescription(StoreFolder files, NoRun none)
      throws IOException, DamagedException {
    byte[] bytes;
    try {
      bytes = files.read(files.path(NewRun.DESCRIPTION), DESCRIPTION_LIMIT);
    } catch (FileNotFoundException e) {
      throw none.error(new NewRun(files));
    }
    try {
      RunDescription description = Json.readFile(bytes, RunDescription.class, "");
      if (description == null || description.recipe() == null) {
        throw new DamagedException("it has no recipe");
      }
      return description;
    } catch (ConvoyException e) {
      throw new DamagedException(e.getMessage(), e);
    }
  }

  /** The folder's full name. */
  public String location() {
    return files.root().toString();
  }

  /** Its files. */
  public StoreFolder files() {
    return files;
  }

  /** What the run is, as it was written when it was created. */
  public RunDescription description() {
    return description;
  }

  /**
   * This driver's claim.
   *
   * @throws IllegalStateException when the run is open for reading only
   */
  public RunOwner owner() {
    return owner.orElseThrow(() -> new IllegalStateException("the run is open for reading only"));
  }

  /**
   * The run's checkpoints.
   *
   * @param keepLast checkpoints that stay when a new one is saved, at least 1
   */
  public CheckpointStore checkpoints(int keepLast) {
    return new CheckpointStore(files, owner, keepLast);
  }

  /** Which checkpoints are there, and what is known of them. */
  public SavedCheckpoints saved() {
    return SavedCheckpoints.of(files);
  }

  /** The run's metrics, to be written. */
  public MetricsLog metrics() {
    return metrics;
  }

  /** Reads the run's metrics, from the first line on. */
  public MetricsReader metricsReader() {
    return new MetricsReader(files);
  }

  /**
   * Reads {@code result.json}.
   *
   * @param type the record that was written
   * @return nothing where there is none, or none that can be read
   */
  public <T> Optional<T> readResult(Class<T> type) {
    return read("result.json", RESULT_LIMIT, type);
  }

  /** Writes a file such as {@code pictures.json}, in place of an earlier one. */
  public void writeFigures(String name, JsonNode figures) {
    owner().check();
    try {
      owner().replace(files.path(name), out -> out.write(Json.bytes(figures)));
    } catch (IOException e) {
      throw files.unwritable("write", files.path(name), e, "make room or give access there");
    }
  }

  /**
   * Reads {@code evaluation.json}, {@code pictures.json} or another such file.
   *
   * @return nothing where there is none, or none that can be read
   */
  public Optional<JsonNode> readFigures(String name) {
    return read(name, EVALUATION_LIMIT, JsonNode.class);
  }

  private <T> Optional<T> read(String name, int limit, Class<T> type) {
    Path file = files.path(name);
    try {
      return Optional.ofNullable(Json.readFile(files.read(file, limit), type, ""));
    } catch (IOException | ConvoyException e) {
      LOG.debug("{} is not there or cannot be read", file, e);
      return Optional.empty();
    }
  }

  /**
   * Writes {@code result.json}, in place of an earlier one.
   *
   * @param result a record or JSON tree
   */
  public void writeResult(Object result) {
    owner().check();
    byte[] bytes = Json.lines(result);
    try {
      owner().replace(files.path("result.json"), out -> out.write(bytes));
    } catch (IOException e) {
      throw files.unwritable(
          "write",
          files.path("result.json"),
          e,
          "the checkpoints are kept, so make room or give access and resume");
    }
  }
}
