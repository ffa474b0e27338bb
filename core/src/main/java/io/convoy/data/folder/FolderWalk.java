package io.convoy.data.folder;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A folder on the way down from a set's folder. Links are followed, but not in a circle.
 *
 * @param above the folder that it lies in; null for the set's
 * @param identity its name with all links resolved
 * @param depth folders above it
 */
public record FolderWalk(
    FileStore store, FolderWalk above, String path, String identity, int depth) {
  /** Far more than anybody has; a store whose links nobody can resolve ends here. */
  private static final int DEEPEST = 100;

  /**
   * A file.
   *
   * @param name below its class folder
   */
  public record Found(String name, FileStore.Entry entry) {}

  /** Starts in a set's folder. */
  public static FolderWalk from(FileStore store, String folder) {
    return new FolderWalk(store, null, folder, StoredFile.identity(store, folder), 0);
  }

  /**
   * One level down.
   *
   * @param folder the path of a folder in this one
   * @throws ConvoyException of kind DATA when that leads back to a folder above
   */
  public FolderWalk into(String folder) {
    String name = StoredFile.identity(store, folder);
    for (FolderWalk walk = this; walk != null; walk = walk.above) {
      if (walk.identity.equals(name)) {
        throw ConvoyException.data(
            "%s: this link leads back to %s, in which it lies, and so on without end: take the"
                + " link away",
            folder, walk.path);
      }
    }
    if (depth == DEEPEST) {
      throw ConvoyException.data(
          "%s: folders may lie %d deep: look for a link that leads in a circle, or move the images"
              + " up",
          folder, DEEPEST);
    }
    return new FolderWalk(store, this, folder, name, depth + 1);
  }

  /**
   * The files of a class folder, which this is, and of the folders below it. One folder after the
   * other is listed, as the files are asked for.
   *
   * @param className for the names of what is left out
   * @param leftOut counts what is no part of any set by its name
   */
  public Iterator<Found> files(String className, LeftOut leftOut) {
    return new Files(this, className, leftOut);
  }

  /** Goes down before it goes on. */
  private static final class Files implements Iterator<Found> {
    private record Level(FolderWalk folder, String prefix, Iterator<FileStore.Entry> entries) {
      static Level of(FolderWalk folder, String prefix) {
        return new Level(folder, prefix, StoredFile.list(folder.store(), folder.path()).iterator());
      }
    }

    private final String className;
    private final LeftOut leftOut;
    private final Deque<Level> levels = new ArrayDeque<>();
    private Found next;

    Files(FolderWalk folder, String className, LeftOut leftOut) {
      this.className = className;
      this.leftOut = leftOut;
      levels.push(Level.of(folder, ""));
    }

    @Override
    public boolean hasNext() {
      while (next == null && !levels.isEmpty()) {
        step(levels.peek());
      }
      return next != null;
    }

    private void step(Level level) {
      if (!level.entries().hasNext()) {
        levels.pop();
        return;
      }
      FileStore.Entry entry = level.entries().next();
      if (leftOut.takes(entry, className + "/" + level.prefix())) {
        return;
      }
      String name = level.prefix() + entry.name();
      if (entry.directory()) {
        levels.push(Level.of(level.folder().into(entry.path()), name + "/"));
      } else {
        next = new Found(name, entry);
      }
    }

    @Override
    public Found next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Found found = next;
      next = null;
      return found;
    }
  }
}
