package io.convoy.run;

import io.convoy.error.ConvoyException;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file that people look at, anywhere: a run's driver writes its own as the run's owner. */
public final class FigureFile {
  private FigureFile() {}

  /**
   * Writes it, in place of what was there.
   *
   * @param file on any Hadoop file system
   * @throws ConvoyException of kind USAGE where that is no file; RESOURCE when it cannot be written
   */
  public static void write(Path file, byte[] bytes, Configuration configuration) {
    if (file.getParent() == null) {
      throw ConvoyException.usage("%s is a folder: name a file", file);
    }
    StoreFolder folder = StoreFolder.at(file.getParent().toString(), configuration);
    try {
      new WholeFiles(folder, 0).replace(file, out -> out.write(bytes));
    } catch (IOException e) {
      throw folder.unwritable(
          "write", file, e, "make room or give access there, or have it written elsewhere");
    }
  }
}
