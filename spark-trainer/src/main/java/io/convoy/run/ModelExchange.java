package io.convoy.run;

import io.convoy.checkpoint.ModelFiles;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.release.OwnJar;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Gives models to other tools as files, and keeps what came from them as checkpoints. */
public final class ModelExchange {
  private ModelExchange() {}

  /**
   * Writes a model as one file: all of it, or none. A file that is there is replaced.
   *
   * @param place of the file, on any Hadoop file system
   * @return the file's name in full
   * @throws ConvoyException of kind USAGE when the format does not take the model; RESOURCE when
   *     the file system does not take the file
   */
  public static String write(
      Model model, ExportFormat format, String place, Configuration configuration) {
    Path path = StoreFolder.at(place, configuration).root();
    if (path.getParent() == null) {
      throw ConvoyException.usage("%s is no file: name one in a folder", place);
    }
    StoreFolder folder = StoreFolder.at(path.getParent().toString(), configuration);
    try {
      if (folder.status(path).filter(FileStatus::isDirectory).isPresent()) {
        throw ConvoyException.usage("%s is a folder: name a file", path);
      }
      folder.makeFolder(folder.root());
      new WholeFiles(folder, 0).replace(path, out -> format.write(model, version(), out));
    } catch (IOException e) {
      throw folder.unwritable("write", path, e, "make room or give access, and try again");
    }
    return path.toString();
  }

  /**
   * Keeps a model as a checkpoint by itself, which {@link Models#load} reads.
   *
   * @param place a folder that is new or empty
   * @throws ConvoyException of kind USAGE when the folder holds anything; DIVERGED when a weight is
   *     NaN or infinite; RESOURCE when the file system does not take it
   */
  public static void keep(Model model, String place, Configuration configuration) {
    StoreFolder folder = StoreFolder.at(place, configuration);
    requireFree(folder);
    try {
      ModelFiles.write(folder, model, 0, version());
    } catch (IOException e) {
      throw folder.unwritable(
          "write", folder.root(), e, "make room or give access, remove it, and try again");
    }
  }

  private static void requireFree(StoreFolder folder) {
    Path root = folder.root();
    try {
      boolean file = folder.status(root).filter(status -> !status.isDirectory()).isPresent();
      List<String> names = file ? List.of() : folder.names(root);
      if (file || !names.isEmpty()) {
        throw ConvoyException.usage(
            "a checkpoint's folder must be new or empty; %s %s: name another, or remove it",
            root, file ? "is a file" : "holds " + names.get(0));
      }
    } catch (IOException e) {
      throw folder.failed("look into", root, e);
    }
  }

  private static String version() {
    return OwnJar.of(ModelExchange.class).version().orElse("development");
  }
}
