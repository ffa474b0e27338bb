package io.convoy.trials;

import io.convoy.checkpoint.CheckpointStore;
import io.convoy.checkpoint.CommitRight;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.search.PartResult;
import io.convoy.search.SearchReport;
import io.convoy.search.SearchTable;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a search. Tasks write what parts of trials have come to, each a file that is there
 * as a whole or not at all, and keep the state of trials from rung to rung as checkpoints. A part
 * whose result is there is not computed again; one that was under way goes on from its checkpoint.
 */
final class SearchFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SearchFolder.class);

  static final String REPORT = "search.json";
  static final String TABLE = "trials.csv";
  static final String BEST = "best.yaml";

  private static final String PLAN = "plan.json";
  private static final String RESULTS = "results";
  private static final String STATES = "trials";
  private static final String PART = "trial-";
  private static final int MOST_BYTES = 1 << 26;

  private final StoreFolder folder;
  private final WholeFiles files;

  private SearchFolder(StoreFolder folder) {
    this.folder = folder;
    this.files = new WholeFiles(folder, 0);
  }

  static SearchFolder at(String location, Configuration configuration) {
    return new SearchFolder(StoreFolder.at(location, configuration));
  }

  String place() {
    return folder.root().toString();
  }

  /**
   * Makes sure that a new search has the folder for itself.
   *
   * @throws ConvoyException of kind USAGE when something is there
   */
  void requireFree() {
    try {
      List<String> names = folder.names(folder.root());
      if (names.contains(PLAN)) {
        throw ConvoyException.usage(
            "%s holds a search already: go on with it by --resume, or name another --out", place());
      }
      if (!names.isEmpty()) {
        throw ConvoyException.usage(
            "a search's folder must be new or empty; %s holds %s: name another --out",
            place(), names.get(0));
      }
    } catch (IOException e) {
      throw folder.failed("look into", folder.root(), e);
    }
  }

  /**
   * Starts, or goes on with what is there.
   *
   * @return whether it goes on
   * @throws ConvoyException of kind USAGE when another search has left something
   */
  boolean begin(SearchPlan plan, boolean resume) {
    Path file = folder.path(PLAN);
    byte[] bytes = Json.lines(plan);
    try {
      Optional<byte[]> before =
          resume && folder.status(file).isPresent()
              ? Optional.of(folder.read(file, MOST_BYTES))
              : Optional.empty();
      if (before.isPresent() && !Arrays.equals(before.get(), bytes)) {
        throw ConvoyException.usage(
            "%s is of another search: the recipe, the ranges, the images or the options have"
                + " changed; give those of before, or name another --out",
            place());
      }
      if (before.isEmpty()) {
        folder.makeFolder(folder.root());
        files.replace(file, out -> out.write(bytes));
      }
      return before.isPresent();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** What parts of trials have come to, as far as it is there. */
  List<PartResult> results() {
    Path parts = folder.path(RESULTS);
    List<PartResult> results = new ArrayList<>();
    try {
      for (String name : folder.names(parts)) {
        if (name.startsWith(PART)) {
          Path file = new Path(parts, name);
          byte[] bytes = folder.read(file, MOST_BYTES);
          results.add(Json.readFile(bytes, PartResult.class, file.toString()));
        }
      }
      return results;
    } catch (IOException e) {
      throw folder.failed("read", parts, e);
    }
  }

  /** Writes what a part of a trial has come to. */
  void write(PartResult result) {
    String name =
        String.format(
            Locale.ROOT,
            "%s%05d-%03d-epoch-%05d.json",
            PART,
            result.trial(),
            result.part(),
            result.epochs());
    Path file = new Path(folder.path(RESULTS), name);
    try {
      folder.makeFolder(file.getParent());
      files.replace(file, out -> out.write(Json.lines(result)));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** The states of a part of a trial. */
  CheckpointStore states(int trial, int part, CommitRight right) {
    Path place = new Path(states(trial), Integer.toString(part));
    StoreFolder own = StoreFolder.at(place.toString(), folder.fileSystem().getConf());
    return new CheckpointStore(own, Optional.of(right), 1);
  }

  private Path states(int trial) {
    return new Path(folder.path(STATES), Integer.toString(trial));
  }

  /** Frees the room of a trial that does not go on; a failure costs that room, nothing else. */
  void forget(int trial) {
    delete(states(trial));
  }

  /** Frees the room of all trials' states. */
  void forgetAll() {
    delete(folder.path(STATES));
  }

  private void delete(Path path) {
    try {
      folder.fileSystem().delete(path, true);
    } catch (IOException e) {
      LOG.warn("{} stays: {}", path, StoreFolder.reason(e));
    }
  }

  /**
   * Writes the table, the best recipe and, last, the report.
   *
   * @param best null where there is none
   */
  void end(SearchReport report, String best) {
    replace(TABLE, new SearchTable(report).csv().getBytes(StandardCharsets.UTF_8));
    if (best != null) {
      replace(BEST, best.getBytes(StandardCharsets.UTF_8));
    }
    replace(REPORT, Json.lines(report));
  }

  private void replace(String name, byte[] bytes) {
    try {
      files.replace(folder.path(name), out -> out.write(bytes));
    } catch (IOException e) {
      throw unwritable(folder.path(name), e);
    }
  }

  private ConvoyException unwritable(Path file, IOException error) {
    return folder.unwritable(
        "write", file, error, "make room or give access, and go on by --resume");
  }
}
