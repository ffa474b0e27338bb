package io.convoy.run;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;

/**
 * A model, and where its files lie.
 *
 * @param model that was loaded from them
 * @param step of its checkpoint
 * @param checkpoint the folder of its checkpoint
 * @param run the run's description, which says how convolutions are computed; empty where the
 *     checkpoint lies in no run
 */
public record StoredModel(Model model, long step, String checkpoint, Optional<String> run) {
  private static final String COPY = "checkpoints/checkpoint";

  /** Opens the run in which the checkpoint lies; empty where it lies in none. */
  public Optional<RunFolder> runFolder(Configuration configuration) {
    return run.map(
        description -> RunFolder.open(new Path(description).getParent().toString(), configuration));
  }

  /**
   * Copies its files, so that they give the same model wherever they lie.
   *
   * @param place a folder that is not there yet, on any Hadoop file system; {@link #copied} loads
   *     it
   * @throws ConvoyException of kind RESOURCE when a file is gone, or a store fails
   */
  public void copy(String place, Configuration configuration) {
    StoreFolder to = StoreFolder.at(place, configuration);
    try {
      to.makeFolder(to.path("checkpoints"));
      copy(checkpoint, to, COPY, configuration);
      if (run.isPresent()) {
        copy(run.get(), to, "run.json", configuration);
      }
    } catch (IOException e) {
      throw to.failure(
          "cannot copy the model in %s to %s: %s; its files are needed where it is saved, so leave"
                  .formatted(checkpoint, to.root(), StoreFolder.reason(e))
              + " its run where it is until then",
          e);
    }
  }

  private static void copy(String from, StoreFolder to, String name, Configuration configuration)
      throws IOException {
    Path source = new Path(from);
    FileSystem files = StoreFolder.at(from, configuration).fileSystem();
    if (!FileUtil.copy(files, source, to.fileSystem(), to.path(name), false, configuration)) {
      throw new IOException("the file system did not take " + source);
    }
  }

  /**
   * Loads a copy.
   *
   * @throws ConvoyException as {@link Models#load} does
   */
  public static StoredModel copied(String place, Configuration configuration) {
    return Models.find(place + "/" + COPY, WhichCheckpoint.NEWEST, configuration);
  }
}
