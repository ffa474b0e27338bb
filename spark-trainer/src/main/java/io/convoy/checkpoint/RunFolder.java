package io.convoy.checkpoint;

import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
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
  private static final String DESCRIPTION = "run.json";
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final int DESCRIPTION_LIMIT = 16 << 20;
  private static final int RESULT_LIMIT = 1 << 20;

  private final RunFiles files;
  private final Optional<RunOwner> owner;
  private final RunDescription description;
  private final MetricsLog metrics;

  private RunFolder(RunFiles files, Optional<RunOwner> owner, RunDescription description) {
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
    RunFiles files = RunFiles.at(location, configuration);
    try {
      requireEmpty(files);
      files.makeFolder(files.root());
      RunOwner owner =
          RunOwner.first(files, driver)
              .orElseThrow(() -> holdsAnother(files, " that was created at the same moment"));
      describe(files, description, owner);
      return new RunFolder(files, Optional.of(owner), description);
    } catch (IOException e) {
      throw RunFiles.unwritable(
          "create run folder",
          files.root(),
          e,
          "make room or give access there, or choose another --out");
    }
  }

  /** Makes a claimed folder a run; where that fails, it is as free as before. */
  private static void describe(RunFiles files, RunDescription description, RunOwner owner)
      throws IOException {
    try {
      owner.announce();
      files.createNew(files.path(DESCRIPTION), Json.lines(description));
    } catch (IOException e) {
      owner.withdraw();
      throw e;
    }
  }

  private static void requireEmpty(RunFiles files) throws IOException {
    List<String> names = files.names(files.root());
    boolean file = files.status(files.root()).filter(status -> !status.isDirectory()).isPresent();
    if (file) {
      throw ConvoyException.usage(
          "%s is a file; choose a new folder with another --out", files.root());
    }
    if (names.contains(DESCRIPTION)) {
      throw holdsAnother(files, "");
    }
    if (RunOwner.latestGeneration(files).isPresent()) {
      throw ConvoyException.usage(
          "%s holds a run that was never fully created (it has no run.json), claimed by %s; unless"
              + " that driver is at work, delete the folder, or choose another --out",
          files.root(), RunOwner.describeLatest(files));
    }
    names = names.stream().filter(name -> !name.equals(RunOwner.CLAIMS)).toList();
    if (!names.isEmpty()) {
      throw ConvoyException.usage(
          "%s holds files that are no run (such as %s); choose a new or empty folder with another"
              + " --out",
          files.root(), names.get(0));
    }
  }

  private static ConvoyException holdsAnother(RunFiles files, String since) {
    String who;
    try {
      who = RunOwner.describeLatest(files);
    } catch (IOException e) {
      who = "a driver that cannot be read";
    }
    return ConvoyException.usage(
        "%s holds another run%s, owned by %s; go on with it by --resume or choose another --out",
        files.root(), since, who);
  }

  /**
   * Takes an existing run over from the driver that had it, which stops before its next commit.
   *
   * @throws ConvoyException of kind USAGE when there is no run; RESOURCE when another driver takes
   *     it over at the same moment or the files cannot be reached
   */
  public static RunFolder resume(
      String location, Configuration configuration, DriverIdentity driver) {
    RunFiles files = RunFiles.at(location, configuration);
    RunDescription description = describe(files);
    try {
      return new RunFolder(files, Optional.of(RunOwner.takeOver(files, driver)), description);
    } catch (IOException e) {
      throw RunFiles.unwritable(
          "take over run", files.root(), e, "make room or give access there, then resume again");
    }
  }

  /**
   * Opens an existing run to read.
   *
   * @throws ConvoyException of kind USAGE when there is no run
   */
  public static RunFolder open(String location, Configuration configuration) {
    RunFiles files = RunFiles.at(location, configuration);
    return new RunFolder(files, Optional.empty(), describe(files));
  }

  /**
   * Whether the folder holds a run that this application drove last: then a later attempt of the
   * application resumes it by itself.
   */
  public static boolean isDrivenBy(
      String applicationId, String location, Configuration configuration) {
    RunFiles files = RunFiles.at(location, configuration);
    try {
      return files.status(files.path(DESCRIPTION)).isPresent()
          && RunOwner.latestApplication(files).filter(applicationId::equals).isPresent();
    } catch (IOException e) {
      throw RunFiles.failed("read run folder", files.root(), e);
    }
  }

  private static RunDescription describe(RunFiles files) {
    try {
      return Retries.of(() -> readDescription(files));
    } catch (IOException e) {
      throw RunFiles.failed("read", files.path(DESCRIPTION), e);
    } catch (DamagedException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          "%s is not a run's description: %s; restore it from a copy, or start a new run"
              .formatted(files.path(DESCRIPTION), e.getMessage()),
          e);
    }
  }

  private static RunDescription readDescription(RunFiles files)
      throws IOException, DamagedException {
    byte[] bytes;
    try {
      bytes = files.read(files.path(DESCRIPTION), DESCRIPTION_LIMIT);
    } catch (FileNotFoundException e) {
      throw ConvoyException.usage(
          "%s holds no run (it has no run.json); look for a mistyped path; convoy train without --resume starts a run there",
          files.root());
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

  /** The run's metrics. */
  public MetricsLog metrics() {
    return metrics;
  }

  /**
   * Reads {@code result.json}.
   *
   * @param type the record that was written
   * @return nothing where there is none, or none that can be read
   */
  public <T> Optional<T> readResult(Class<T> type) {
    Path file = files.path("result.json");
    try {
      return Optional.ofNullable(Json.readFile(files.read(file, RESULT_LIMIT), type, ""));
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
      files.replace(files.path("result.json"), out -> out.write(bytes));
    } catch (IOException e) {
      throw RunFiles.unwritable(
          "write",
          files.path("result.json"),
          e,
          "the checkpoints are kept, so make room or give access and resume");
    }
  }
}
