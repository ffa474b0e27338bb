package io.convoy.checkpoint;

import io.convoy.data.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of any Hadoop file system. A path without a scheme lies on the default one, {@code
 * fs.defaultFS}: the local disk where nothing else is configured. It travels to executors as the
 * configuration's keys and values.
 */
public final class HadoopFiles implements FileStore, Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, String> settings = new TreeMap<>();
  private transient volatile Configuration configuration;

  /** The file systems that {@code configuration} knows, as it stands now. */
  public HadoopFiles(Configuration configuration) {
    for (Map.Entry<String, String> setting : configuration) {
      settings.put(setting.getKey(), setting.getValue());
    }
    this.configuration = new Configuration(configuration);
  }

  /** The configuration; a change to it has no effect here. */
  public Configuration configuration() {
    return new Configuration(settled());
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    Path parent = new Path(folder);
    List<Entry> entries = new ArrayList<>();
    for (FileStatus status : fileSystem(parent).listStatus(parent)) {
      String name = status.getPath().getName();
      entries.add(
          new Entry(
              name, new Path(parent, name).toString(), status.isDirectory(), status.getLen()));
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  @Override
  public boolean exists(String path) throws IOException {
    Path file = new Path(path);
    return fileSystem(file).exists(file);
  }

  @Override
  public long length(String path) throws IOException {
    Path file = new Path(path);
    return fileSystem(file).getFileStatus(file).getLen();
  }

  @Override
  public InputStream open(String path) throws IOException {
    Path file = new Path(path);
    return fileSystem(file).open(file);
  }

  private FileSystem fileSystem(Path path) throws IOException {
    return path.getFileSystem(settled());
  }

  /** The configuration, built again where this object has travelled. */
  private Configuration settled() {
    Configuration current = configuration;
    if (current == null) {
      current = new Configuration(false);
      settings.forEach(current::set);
      configuration = current;
    }
    return current;
  }
}
