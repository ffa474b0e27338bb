package io.convoy.pack.job;

import io.convoy.data.reader.Pack;
import io.convoy.error.ConvoyException;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Where packed sets are made: in a hidden folder beside their own, {@code .NAME.packing}, which
 * gets its name when all is there. Where a store renames file by file, they are made in their own
 * folder; there the {@code dataset.json}, which comes last, is the commit.
 */
final class PackWork {
  private static final String PLAN = ".plan.json";
  private static final int MOST_BYTES = 1 << 28;

  private final StoreFolder out;
  private final StoreFolder work;
  private final Configuration configuration;

  private PackWork(StoreFolder out, StoreFolder work, Configuration configuration) {
    this.out = out;
    this.work = work;
    this.configuration = configuration;
  }

  /**
   * Finds the place.
   *
   * @throws ConvoyException of kind USAGE when something is there under the sets' own name
   */
  static PackWork of(String location, Configuration configuration) {
    StoreFolder out = StoreFolder.at(location, configuration);
    Path path = out.root();
    if (path.getParent() == null) {
      throw ConvoyException.usage("%s is no name for a packed set: name a folder in it", path);
    }
    Path beside = new Path(path.getParent(), "." + path.getName() + ".packing");
    boolean renames = out.renamesAtomically();
    StoreFolder work = renames ? StoreFolder.at(beside.toString(), configuration) : out;
    PackWork made = new PackWork(out, work, configuration);
    try {
      boolean unfinished = !renames && out.status(out.path(PLAN)).isPresent();
      if (out.status(path).isPresent() && !unfinished) {
        throw ConvoyException.usage(
            "%s is there already, and no set is packed over another: name another folder, or take"
                + " it away",
            path);
      }
      return made;
    } catch (IOException e) {
      throw out.failed("look at", path, e);
    }
  }

  /**
   * Starts, or goes on where the same plan was followed before.
   *
   * @return whether it goes on
   */
  boolean begin(String plan) {
    byte[] bytes = plan.getBytes(StandardCharsets.UTF_8);
    try {
      Optional<byte[]> before = planThere();
      if (before.isPresent() && Arrays.equals(before.get(), bytes)) {
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

  private Optional<byte[]> planThere() throws IOException {
    return work.status(work.path(PLAN)).isPresent()
        ? Optional.of(work.read(work.path(PLAN), MOST_BYTES))
        : Optional.empty();
  }

  /**
   * The folder in which a set is made.
   *
   * @param name of the set; empty where it is the only one
   */
  PartFolder set(String name) {
    Path path = name.isEmpty() ? work.root() : work.path(name);
    StoreFolder folder = StoreFolder.at(path.toString(), configuration);
    try {
      folder.makeFolder(path);
    } catch (IOException e) {
      throw folder.unwritable("make", path, e, "name another folder, or make room");
    }
    return new PartFolder(folder);
  }

  /** The folder in which all is made. */
  Path place() {
    return work.root();
  }

  /** The folder that the sets will have. */
  Path out() {
    return out.root();
  }

  /** Gives the folder its name. All sets are described. */
  void commit() {
    try {
      work.fileSystem().delete(work.path(PLAN), false);
      if (work == out) {
        return;
      }
      out.moveFolder(work.root(), out.root());
    } catch (IOException e) {
      throw out.unwritable(
          "rename to",
          out.root(),
          e,
          "%s holds the packed set, whole with its %s: rename it by hand"
              .formatted(work.root(), Pack.DESCRIPTION));
    }
  }
}
