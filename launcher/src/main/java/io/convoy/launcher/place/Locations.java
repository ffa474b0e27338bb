package io.convoy.launcher.place;

import io.convoy.data.LocalNames;
import io.convoy.storage.HadoopFiles;
import io.convoy.storage.HadoopPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Folders that the user names, on any file system that Hadoop knows. */
public final class Locations {
  private final Configuration configuration;

  public Locations(SparkConf conf) {
    this.configuration = SparkHadoopUtil.get().newConfiguration(conf);
  }

  public Configuration configuration() {
    return configuration;
  }

  public HadoopFiles files() {
    return new HadoopFiles(configuration);
  }

  /**
   * The full name of a folder: executors have another working directory, and other defaults.
   *
   * @throws io.convoy.error.ConvoyException of kind USAGE when no file system takes the name, of
   *     kind RESOURCE when its file system cannot be reached
   */
  public String absolute(String folder) {
    return qualified(folder).toString();
  }

  /** The folder on this machine, if it is one. */
  public Optional<Path> local(String folder) {
    org.apache.hadoop.fs.Path path = qualified(folder);
    return "file".equals(path.toUri().getScheme())
        ? Optional.of(LocalNames.path(path.toUri().getPath()))
        : Optional.empty();
  }

  /** Whether there is such a file or folder, as far as it can be seen from here. */
  public boolean exists(String path) {
    try {
      return files().exists(path);
    } catch (IOException e) {
      return false;
    }
  }

  private org.apache.hadoop.fs.Path qualified(String folder) {
    org.apache.hadoop.fs.Path path = HadoopPaths.parse(folder);
    return HadoopPaths.fileSystem(path, configuration).makeQualified(path);
  }
}
