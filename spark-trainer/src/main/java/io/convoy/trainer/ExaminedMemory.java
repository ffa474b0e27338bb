package io.convoy.trainer;

import io.convoy.data.FileDataSet;
import io.convoy.data.examine.ExaminedFiles;
import io.convoy.data.image.ImageDecoder;
import io.convoy.error.ConvoyException;
import io.convoy.run.RunFolder;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import io.convoy.worker.Release;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where it is kept what is known of examined files: beside each set, or, where that cannot be
 * written, in the run's folder. To lose it costs time, nothing else.
 */
public final class ExaminedMemory {
  private static final Logger LOG = LoggerFactory.getLogger(ExaminedMemory.class);

  /** Far more than a file's line has: what is larger is no such list. */
  private static final long LINE_LIMIT = 16 << 10;

  /** What decides what is damaged. */
  private static final String EXAMINED_BY =
      "convoy %s, %s".formatted(Release.OWN.code(), ImageDecoder.decoders());

  private final Optional<String> run;
  private final Configuration configuration;
  private final ExaminedFiles known = new ExaminedFiles();
  private final Map<String, Set<String>> pathsByFolder = new HashMap<>();

  /**
   * @param run the folder of the run that is examined for; empty for none
   */
  public ExaminedMemory(Optional<String> run, Configuration configuration) {
    this.run = run;
    this.configuration = configuration;
  }

  /** What is known, of all sets that were added. */
  public ExaminedFiles known() {
    return known;
  }

  /** Reads what is known of a set's files. */
  public void add(FileDataSet set, Collection<FileDataSet.StoredImage> images) {
    Set<String> paths =
        pathsByFolder.computeIfAbsent(set.folder(), folder -> new LinkedHashSet<>());
    images.forEach(image -> paths.add(image.path()));
    run.ifPresent(folder -> read(folder, RunFolder.EXAMINED, images.size()));
    read(set.folder(), ExaminedFiles.NAME, images.size());
    known.retain(pathsByFolder.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
  }

  private void read(String folder, String name, int images) {
    try {
      StoreFolder files = StoreFolder.at(folder, configuration);
      Path file = files.path(name);
      Optional<FileStatus> status = files.status(file);
      if (status.isEmpty() || status.get().getLen() > LINE_LIMIT * (images + 1)) {
        return;
      }
      try (InputStream in = files.fileSystem().open(file)) {
        known.read(in, EXAMINED_BY);
      }
    } catch (IOException | ConvoyException e) {
      LOG.debug("{}/{} cannot be read", folder, name, e);
    }
  }

  /** Writes what is known. */
  public void write() {
    Set<String> elsewhere = new HashSet<>();
    pathsByFolder.forEach(
        (folder, paths) -> {
          if (!write(folder, ExaminedFiles.NAME, paths)) {
            elsewhere.addAll(paths);
          }
        });
    if (elsewhere.isEmpty()) {
      return;
    }
    if (run.isEmpty() || !write(run.get(), RunFolder.EXAMINED, elsewhere)) {
      LOG.warn("what was examined can be written nowhere: the next start examines it again");
    }
  }

  private boolean write(String folder, String name, Set<String> paths) {
    try {
      StoreFolder files = StoreFolder.at(folder, configuration);
      files.makeFolder(files.root());
      new WholeFiles(files, 0)
          .replace(files.path(name), out -> known.write(out, EXAMINED_BY, paths::contains));
      return true;
    } catch (IOException | ConvoyException e) {
      LOG.debug("{}/{} cannot be written", folder, name, e);
      return false;
    }
  }
}
