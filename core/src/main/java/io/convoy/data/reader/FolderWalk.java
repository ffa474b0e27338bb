package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * A folder on the way down from a set's folder. Links are followed, but not in a circle.
 *
 * @param above the folder that it lies in; null for the set's
 * @param identity its name with all links resolved
 * @param depth folders above it
 */
record FolderWalk(FileStore store, FolderWalk above, String path, String identity, int depth) {
  /** Far more than anybody has; a store whose links nobody can resolve ends here. */
  static final int DEEPEST = 100;

  /**
   * A file.
   *
   * @param name below its class folder
   */
  record Found(String name, FileStore.Entry entry) {}

  static FolderWalk from(FileStore store, String folder) {
    return new FolderWalk(store, null, folder, StoredFile.identity(store, folder), 0);
  }

  /**
   * One level down.
   *
   * @throws ConvoyException of kind DATA when that leads back to a folder above
   */
  FolderWalk into(FileStore.Entry folder) {
    String name = StoredFile.identity(store, folder.path());
    for (FolderWalk walk = this; walk != null; walk = walk.above) {
      if (walk.identity.equals(name)) {
        throw ConvoyException.data(
            "%s: this link leads back to %s, in which it lies, and so on without end: take the"
                + " link away",
            folder.path(), walk.path);
      }
    }
    if (depth == DEEPEST) {
      throw ConvoyException.data(
          "%s: folders may lie %d deep: look for a link that leads in a circle, or move the images"
              + " up",
          folder.path(), DEEPEST);
    }
    return new FolderWalk(store, this, folder.path(), name, depth + 1);
  }

  /**
   * Collects the files of the folder and of those below it.
   *
   * @param prefix the folder's own name below the class folder, with a slash; empty for that
   * @param className for the names of what is left out
   */
  void collect(String prefix, String className, LeftOut leftOut, List<Found> into) {
    for (FileStore.Entry entry : StoredFile.list(store, path)) {
      if (leftOut.takes(entry, className + "/" + prefix)) {
        continue;
      }
      String name = prefix + entry.name();
      if (entry.directory()) {
        into(entry).collect(name + "/", className, leftOut, into);
      } else {
        into.add(new Found(name, entry));
      }
    }
  }
}
