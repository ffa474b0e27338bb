package io.convoy.storage;

import io.convoy.data.FileStore;
import io.convoy.data.LocalNames;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

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
    return at(folder, HadoopFiles::children);
  }

  private static List<Entry> children(FileSystem fileSystem, Path folder) throws IOException {
    // first the names: Hadoop leaves out what it cannot look at on a local disk
    Optional<File> local = HadoopPaths.local(fileSystem, folder);
    List<String> listed = local.map(File::list).map(List::of).orElse(List.of());
    List<Entry> entries = new ArrayList<>();
    RemoteIterator<FileStatus> children = fileSystem.listStatusIterator(folder);
    while (children.hasNext()) {
      FileStatus status = children.next();
      Path path = status.getPath();
      if (!status.isDirectory() && path.equals(fileSystem.makeQualified(folder))) {
        throw new NotDirectoryException(folder.toString()); // of a file, Hadoop lists the file
      }
      entries.add(entry(status));
    }
    LocalNames.requireReadable(
        folder.toString(), listed, entries.stream().map(Entry::name).toList());
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  @Override
  public boolean exists(String path) throws IOException {
    return at(
        path,
        (fileSystem, file) -> {
          boolean exists = fileSystem.exists(file);
          if (!exists) {
            requireRight(fileSystem, file);
          }
          return exists;
        });
  }

  @Override
  public Optional<Entry> find(String path) throws IOException {
    return at(
        path,
        (fileSystem, file) -> {
          try {
            return Optional.of(entry(fileSystem.getFileStatus(file)));
          } catch (FileNotFoundException e) {
            requireRight(fileSystem, file);
            return Optional.empty();
          }
        });
  }

  private static Entry entry(FileStatus status) {
    Path path = status.getPath();
    return new Entry(
        path.getName(),
        path.toString(),
        status.isDirectory(),
        status.getLen(),
        status.getModificationTime());
  }

  @Override
  public long length(String path) throws IOException {
    return at(path, (fileSystem, file) -> fileSystem.getFileStatus(file).getLen());
  }

  @Override
  public long modified(String path) throws IOException {
    return at(path, (fileSystem, file) -> fileSystem.getFileStatus(file).getModificationTime());
  }

  @Override
  public FSDataInputStream open(String path) throws IOException {
    return at(path, HadoopFiles::opened);
  }

  /** Of a folder on a local disk; no other of Hadoop's file systems follows links by default. */
  @Override
  public String identity(String folder) throws IOException {
    return at(
        folder,
        (fileSystem, path) -> {
          Optional<File> local = HadoopPaths.local(fileSystem, path);
          return local.isEmpty() ? path.toString() : local.get().toPath().toRealPath().toString();
        });
  }

  /** By a seek: to skip, some stores read what is skipped. */
  @Override
  public InputStream open(String path, long from) throws IOException {
    return at(
        path,
        (fileSystem, file) -> {
          FSDataInputStream in = opened(fileSystem, file);
          try {
            in.seek(from);
            return in;
          } catch (IOException e) {
            in.close();
            throw e;
          }
        });
  }

  private static FSDataInputStream opened(FileSystem fileSystem, Path file) throws IOException {
    // no sums are kept of a name with a colon: Hadoop cannot make the path of their file
    boolean raw = fileSystem instanceof LocalFileSystem && file.getName().indexOf(':') >= 0;
    return raw
        ? ((LocalFileSystem) fileSystem).getRawFileSystem().open(file)
        : fileSystem.open(file);
  }

  @FunctionalInterface
  private interface Access<T> {
    T of(FileSystem fileSystem, Path path) throws IOException;
  }

  private <T> T at(String text, Access<T> access) throws IOException {
    Path path = HadoopPaths.parse(text);
    FileSystem fileSystem = HadoopPaths.fileSystem(path, settled());
    try {
      return access.of(fileSystem, path);
    } catch (AccessControlException e) {
      throw new AccessDeniedException(text, null, StoreFolder.reason(e));
    } catch (IOException e) {
      requireRight(fileSystem, path);
      throw e;
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw HadoopPaths.explain(path, e);
    }
  }

  /** On a local disk, Hadoop takes what it may not read for what is not there. */
  private static void requireRight(FileSystem fileSystem, Path path) throws AccessDeniedException {
    Optional<File> local = HadoopPaths.local(fileSystem, path);
    if (local.isEmpty()) {
      return;
    }
    java.nio.file.Path file = local.get().toPath();
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      return; // it is not there, or its disk fails: who asked knows that
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString());
    }
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
