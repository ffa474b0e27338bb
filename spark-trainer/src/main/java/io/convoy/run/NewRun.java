package io.convoy.run;

import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * How a folder becomes a run: a driver claims it, and then describes it by {@code run.json}. One
 * that dies in between leaves an unfinished folder, which the next driver may finish.
 */
final class NewRun {
  static final String DESCRIPTION = "run.json";

  /** What an empty folder may hold: a start that was refused has left it. */
  private static final Set<String> BEFORE_A_RUN =
      Set.of(RunOwner.CLAIMS, RunFolder.REJECTED, RunFolder.EXAMINED);

  private final StoreFolder files;

  NewRun(StoreFolder files) {
    this.files = files;
  }

  private Path file() {
    return files.path(DESCRIPTION);
  }

  /** Makes a new or empty folder a run, which this driver owns. */
  RunOwner create(RunDescription description, DriverIdentity driver) throws IOException {
    requireEmpty();
    files.makeFolder(files.root());
    RunOwner owner =
        RunOwner.first(files, driver)
            .orElseThrow(() -> holdsAnother(" that was created at the same moment"));
    try {
      owner.announce();
      describe(description, owner);
    } catch (IOException e) {
      owner.withdraw(); // the folder is then as free as before
      throw e;
    }
    return owner;
  }

  /** Makes an unfinished folder a run, in place of the driver that claimed it. */
  RunOwner finish(RunDescription description, DriverIdentity driver) throws IOException {
    RunOwner owner = RunOwner.takeOver(files, driver);
    describe(description, owner);
    owner.check();
    return owner;
  }

  /** Of two that are at it at once, the later one has the claim, and either the description. */
  private void describe(RunDescription description, RunOwner owner) throws IOException {
    if (!owner.createNew(file(), Json.bytes(description))) {
      throw ConvoyException.resource(
          "another driver made %s a run at the same moment; go on with it by --resume, or choose"
              + " another --out",
          files.root());
    }
  }

  /** Whether a driver has claimed the folder and did not live to describe it. */
  boolean isUnfinished() throws IOException {
    return files.status(file()).isEmpty() && RunOwner.latestGeneration(files).isPresent();
  }

  /**
   * Makes sure that there is nothing in the folder.
   *
   * @throws ConvoyException of kind USAGE that says what there is
   */
  void requireEmpty() throws IOException {
    List<String> names = files.names(files.root());
    boolean file = files.status(files.root()).filter(status -> !status.isDirectory()).isPresent();
    if (file) {
      throw ConvoyException.usage(
          "%s is a file; choose a new folder with another --out", files.root());
    }
    if (names.contains(DESCRIPTION)) {
      throw holdsAnother("");
    }
    if (isUnfinished()) {
      throw ConvoyException.usage(
          "%s; unless that driver is at work, create it with the same recipe and --resume, or"
              + " choose another --out",
          unfinished());
    }
    List<String> others =
        names.stream()
            .filter(name -> !BEFORE_A_RUN.contains(name) && !WholeFiles.isTemporary(name))
            .toList();
    if (!others.isEmpty()) {
      throw ConvoyException.usage(
          "%s holds files that are no run (such as %s); choose a new or empty folder with another"
              + " --out",
          files.root(), others.get(0));
    }
  }

  private ConvoyException holdsAnother(String since) {
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

  private String unfinished() throws IOException {
    return "%s holds a run that was never fully created (it has no %s), claimed by %s"
        .formatted(files.root(), DESCRIPTION, RunOwner.describeLatest(files));
  }

  /** Why there is nothing to read here. */
  ConvoyException nothingToRead() {
    return ConvoyException.usage(
        "%s holds no run (it has no %s); look for a mistyped path", files.root(), DESCRIPTION);
  }

  /** Why there is nothing to resume here. */
  ConvoyException nothingToResume() throws IOException {
    return isUnfinished()
        ? ConvoyException.usage("%s; name its recipe beside --resume, to create it", unfinished())
        : ConvoyException.usage(
            "%s holds no run (it has no %s); look for a mistyped path, or start a run there without"
                + " --resume",
            files.root(), DESCRIPTION);
  }
}
