package io.convoy.pack.job;

import io.convoy.data.FileStore;
import io.convoy.data.folder.FolderWalk;
import io.convoy.data.folder.ImageName;
import io.convoy.data.folder.LeftOut;
import io.convoy.images.ImageRows;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** The images of some class folders; one folder is listed at a time. */
final class FolderRows implements Iterator<Row> {
  private final FolderWalk set;
  private final LeftOut leftOut;
  private final Iterator<String> classes;
  private String className;
  private Iterator<FolderWalk.Found> files = Collections.emptyIterator();
  private Row next;

  /**
   * @param set the folder of the class folders
   * @param classes the names of those
   * @param leftOut counts what is left out
   */
  FolderRows(FolderWalk set, List<String> classes, LeftOut leftOut) {
    this.set = set;
    this.leftOut = leftOut;
    this.classes = classes.iterator();
  }

  @Override
  public boolean hasNext() {
    while (next == null && (files.hasNext() || classes.hasNext())) {
      if (files.hasNext()) {
        next = row(files.next());
      } else {
        className = classes.next();
        files = set.into(set.path() + "/" + className).files(className, leftOut);
      }
    }
    return next != null;
  }

  /** The image; null where the file is none. */
  private Row row(FolderWalk.Found file) {
    String path = className + "/" + file.name();
    FileStore.Entry entry = file.entry();
    if (leftOut.takes(ImageName.of(set.store(), entry), path)) {
      return null;
    }
    String version = Long.toString(entry.modified());
    return ImageRows.file(path, className, entry.length(), version, entry.path());
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row row = next;
    next = null;
    return row;
  }
}
