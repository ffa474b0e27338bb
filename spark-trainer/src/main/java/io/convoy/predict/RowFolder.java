package io.convoy.predict;

import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The folder of the rows, which is there as a whole or not at all.
 *
 * <p>Attempts of tasks write into a work folder, each under names of its own: the rows of a part,
 * and behind them a description, which says that they are whole. So attempts at the same time, or
 * one that dies late, touch nothing of each other, on any store. Of each part the driver takes one.
 *
 * <p>Where the store renames folders atomically, the work folder is {@code .NAME.predicting} beside
 * {@code NAME}; the files that were taken move into a folder in it, {@code _SUCCESS} is added, and
 * that folder gets the name {@code NAME}. Where it does not, the work folder is {@code
 * NAME/_predicting}, which Spark's readers pass over; the files that were taken move up into {@code
 * NAME}, and {@code _SUCCESS}, which comes last, is the commit.
 */
final class RowFolder {
  static final String SUCCESS = "_SUCCESS";

  private static final String PLAN = "plan.json";
  private static final String COMMITTED = "committed";
  private static final String DONE = "done-";
  private static final int MOST_BYTES = 1 << 24;

  private final StoreFolder out;
  private final StoreFolder work;
  private final boolean renames;

  private RowFolder(StoreFolder out, StoreFolder work, boolean renames) {
    this.out = out;
    this.work = work;
    this.renames = renames;
  }

  /**
   * Finds the place.
   *
   * @throws ConvoyException of kind USAGE when something is there under the rows' own name
   */
  static RowFolder of(String location, Configuration configuration) {
    StoreFolder out = StoreFolder.at(location, configuration);
    Path path = out.root();
    if (path.getParent() == null) {
      throw ConvoyException.usage("%s is no name for the rows: name a folder in it", path);
    }
    boolean renames = out.renamesAtomically();
    Path work =
        renames
            ? new Path(path.getParent(), "." + path.getName() + ".predicting")
            : new Path(path, "_predicting");
    RowFolder folder = new RowFolder(out, StoreFolder.at(work.toString(), configuration), renames);
    try {
      boolean unfinished =
          !renames && folder.planThere().isPresent() && out.status(out.path(SUCCESS)).isEmpty();
      if (out.status(path).isPresent() && !unfinished) {
        throw ConvoyException.usage(
            "%s is there already, and no rows are written over others: name another folder, or take"
                + " it away",
            path);
      }
      return folder;
    } catch (IOException e) {
      throw out.failed("look at", path, e);
    }
  }

  /**
   * Starts, or goes on with what a job before has left.
   *
   * @param resume whether it may go on
   * @return whether it does
   * @throws ConvoyException of kind USAGE when another job has left something
   */
  boolean begin(PredictPlan plan, boolean resume) {
    byte[] bytes = Json.text(plan).getBytes(StandardCharsets.UTF_8);
    try {
      Optional<byte[]> before = planThere();
      if (before.isPresent()) {
        requireSame(resume, Arrays.equals(before.get(), bytes));
        return true;
      }
      work.fileSystem().delete(work.root(), true);
      work.makeFolder(work.root());
      work.write(work.path(PLAN), file -> file.write(bytes));
      return false;
    } catch (IOException e) {
      throw work.unwritable("write to", work.root(), e, "name another folder, or make room");
    }
  }

  private void requireSame(boolean resume, boolean same) {
    if (!resume) {
      throw ConvoyException.usage(
          "%s is what a job has left that did not end: go on with it by --resume, or take it away"
              + " to start anew",
          work.root());
    }
    if (!same) {
      throw ConvoyException.usage(
          "%s is what another job has left: the model, the images or what comes out have changed;"
              + " take it away to start anew, or name another folder",
          work.root());
    }
  }

  private Optional<byte[]> planThere() throws IOException {
    return work.status(work.path(PLAN)).isPresent()
        ? Optional.of(work.read(work.path(PLAN), MOST_BYTES))
        : Optional.empty();
  }

  /** Where tasks write. */
  String place() {
    return work.root().toString();
  }

  /** The folder that the rows will have. */
  Path out() {
    return out.root();
  }

  /** A name for the rows of a part, which nobody else will have. */
  static String name(int part, RowFormat format) {
    return String.format(Locale.ROOT, "part-%05d-%s.%s", part, UUID.randomUUID(), format.ending());
  }

  /** Says that the rows of a part are whole. */
  static void describe(StoreFolder place, DonePart part) throws IOException {
    String name =
        String.format(Locale.ROOT, "%s%05d-%s.json", DONE, part.number(), UUID.randomUUID());
    place.write(place.path(name), out -> out.write(Json.bytes(part)));
  }

  /** The parts that are whole, by number; of several attempts at one the first by name. */
  TreeMap<Integer, DonePart> done(RowFormat format) {
    TreeMap<Integer, DonePart> parts = new TreeMap<>();
    try {
      for (String name : work.names(work.root())) {
        if (name.startsWith(DONE)) {
          Optional<DonePart> part = described(name);
          if (part.isPresent() && isWhole(part.get(), format)) {
            parts.putIfAbsent(part.get().number(), part.get());
          }
        }
      }
      return parts;
    } catch (IOException e) {
      throw work.failed("read", work.root(), e);
    }
  }

  /** Empty where the task died while it wrote the description. */
  private Optional<DonePart> described(String name) throws IOException {
    byte[] bytes = work.read(work.path(name), MOST_BYTES);
    try {
      return Optional.ofNullable(Json.readFile(bytes, DonePart.class, name));
    } catch (ConvoyException e) {
      return Optional.empty();
    }
  }

  private boolean isWhole(DonePart part, RowFormat format) throws IOException {
    if (part.file() == null) {
      return true;
    }
    Path moved = target(part.number(), format);
    Path file = work.path(part.file());
    return work.status(work.status(moved).isPresent() ? moved : file)
        .filter(status -> status.getLen() == part.bytes())
        .isPresent();
  }

  private Path committed() {
    return renames ? work.path(COMMITTED) : out.root();
  }

  private Path target(int part, RowFormat format) {
    return new Path(committed(), String.format(Locale.ROOT, "part-%05d.%s", part, format.ending()));
  }

  /** Gives the rows their place. All parts are whole. May be called again where it failed. */
  void commit(Iterable<DonePart> parts, RowFormat format) {
    try {
      work.makeFolder(committed());
      for (DonePart part : parts) {
        Path target = target(part.number(), format);
        if (part.file() != null && work.status(target).isEmpty()) {
          work.moveFile(work.path(part.file()), target);
        }
      }
      work.write(new Path(committed(), SUCCESS), file -> {});
      if (renames) {
        out.moveFolder(committed(), out.root());
      }
      work.fileSystem().delete(work.root(), true);
    } catch (IOException e) {
      throw out.unwritable(
          "give the rows their name", out.root(), e, "start the command again with --resume");
    }
  }
}
