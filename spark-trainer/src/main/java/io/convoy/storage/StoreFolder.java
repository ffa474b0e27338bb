package io.convoy.storage;

import io.convoy.error.ConvoyException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * The few file operations that a run folder stands on, with what each file system can promise.
 * {@link WholeFiles} has those that make a file appear as a whole.
 *
 * <p>Local disks are used without Hadoop's {@code .crc} files: manifests hold stronger sums. Local
 * creation goes through {@code java.nio}, since Hadoop's is not atomic there.
 */
public final class StoreFolder {
  /**
   * Whether renaming a folder is atomic: {@code true} or {@code false}; where it is not set, the
   * scheme decides.
   */
  public static final String ATOMIC_RENAME = "convoy.checkpoint.atomic-rename";

  /** File systems known to rename folders atomically. All others are taken for object stores. */
  private static final Set<String> ATOMIC_SCHEMES =
      Set.of("file", "hdfs", "viewfs", "webhdfs", "swebhdfs");

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final FileSystem fileSystem;
  private final Path root;

  private StoreFolder(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /** The folder at {@code location}, which need not exist. */
  public static StoreFolder at(String location, Configuration configuration) {
    Path path = HadoopPaths.parse(location);
    FileSystem found = HadoopPaths.fileSystem(path, configuration);
    FileSystem used = found instanceof LocalFileSystem local ? local.getRawFileSystem() : found;
    return new StoreFolder(used, used.makeQualified(path));
  }

  public FileSystem fileSystem() {
    return fileSystem;
  }

  public Path root() {
    return root;
  }

  public Path path(String name) {
    return new Path(root, name);
  }

  public boolean renamesAtomically() {
    boolean usual = ATOMIC_SCHEMES.contains(root.toUri().getScheme());
    return fileSystem.getConf().getBoolean(ATOMIC_RENAME, usual);
  }

  /** The status of a file or folder; empty where there is none. */
  public Optional<FileStatus> status(Path path) throws IOException {
    try {
      return Optional.of(fileSystem.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The names in a folder, sorted; none where the folder does not exist. */
  public List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem.listStatus(folder)) {
        names.add(status.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  /**
   * The bytes of a small file.
   *
   * @throws ConvoyException of kind DATA when it has more than {@code limit} bytes
   */
  public byte[] read(Path file, int limit) throws IOException {
    try (InputStream in = fileSystem.open(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw ConvoyException.data("%s must have at most %d bytes; it has more", file, limit);
      }
      return bytes;
    }
  }

  /**
   * Makes a folder and those above it, unless it is there.
   *
   * @throws IOException with the reason, where Hadoop's own call for local disks only says no
   */
  public void makeFolder(Path folder) throws IOException {
    if (fileSystem instanceof RawLocalFileSystem local) {
      Files.createDirectories(local.pathToFile(folder).toPath());
      return;
    }
    if (!fileSystem.mkdirs(folder)) {
      throw new IOException("the file system made no folder");
    }
  }

  /**
   * Writes a file that must not exist yet: its name is taken first, of several callers at once by
   * one. What that one cannot write whole is not left behind.
   *
   * @throws IOException when it exists, too
   */
  void create(Path file, Content content) throws IOException {
    OutputStream out = openNew(file);
    try {
      complete(out, content);
    } catch (IOException e) {
      deleteAfter(e, file);
      throw e;
    }
  }

  /** Deletes what an error has left unfinished, as far as the file system allows. */
  void deleteAfter(IOException error, Path file) {
    try {
      fileSystem.delete(file, false);
    } catch (IOException again) {
      error.addSuppressed(again);
    }
  }

  private OutputStream openNew(Path file) throws IOException {
    if (fileSystem instanceof RawLocalFileSystem local) {
      return Files.newOutputStream(
          local.pathToFile(file).toPath(),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
    }
    return fileSystem.create(file, false);
  }

  /** Writes a file to its end, onto the disk, over what was there. */
  public void write(Path file, Content content) throws IOException {
    complete(fileSystem.create(file, true), content);
  }

  /**
   * Gives a folder another name, which nothing has yet, in one step where the file system can.
   *
   * @param from in this file system, as {@code to} is
   */
  public void moveFolder(Path from, Path to) throws IOException {
    if (fileSystem instanceof RawLocalFileSystem local) {
      Files.move(
          local.pathToFile(from).toPath(),
          local.pathToFile(to).toPath(),
          StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    FileContext.getFileContext(to.toUri(), fileSystem.getConf())
        .rename(from, to, Options.Rename.NONE);
  }

  /**
   * Gives a file another name, which nothing has yet. Stores that only copy do so; under the new
   * name is the whole file or none.
   */
  public void moveFile(Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException("the file system did not rename " + from);
    }
  }

  /** Whether the file system appends to files. */
  public boolean canAppend(Path file) throws IOException {
    return fileSystem.hasPathCapability(file, CommonPathCapabilities.FS_APPEND);
  }

  /** Writes to the end of a file. */
  public void append(Path file, Content content) throws IOException {
    complete(fileSystem.append(file), content);
  }

  private static void complete(OutputStream out, Content content) throws IOException {
    try {
      writeAndClose(out, content);
    } catch (FSError e) {
      // What a local disk answers, a full one above all, is an Error to Hadoop.
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    }
  }

  /**
   * Writes, brings it onto the disk and closes. Not by try-with-resources: an HDFS stream that has
   * failed throws the very same exception again when it is closed, which cannot suppress itself.
   */
  private static void writeAndClose(OutputStream out, Content content) throws IOException {
    try {
      content.writeTo(out);
      if (out instanceof FSDataOutputStream file && file.hasCapability(StreamCapabilities.HSYNC)) {
        file.hsync();
      }
    } catch (IOException | RuntimeException | FSError e) {
      try {
        out.close();
      } catch (IOException | FSError again) {
        if (again != e) {
          e.addSuppressed(again);
        }
      }
      throw e;
    }
    out.close();
  }

  /** The first line of what went wrong: remote errors bring a stack trace in their message. */
  public static String reason(Exception error) {
    String message = error.getMessage();
    if (message == null || message.isBlank()) {
      return error.getClass().getSimpleName();
    }
    String line = message.lines().findFirst().orElseThrow().strip();
    // A java.nio error says only which path it is about.
    return error instanceof java.nio.file.FileSystemException nio && nio.getReason() == null
        ? error.getClass().getSimpleName() + ": " + line
        : line;
  }

  /** Whether an error may be gone at the next try: what a local disk says stays. */
  public boolean mayPass(IOException error) {
    return !(fileSystem instanceof RawLocalFileSystem) && StoreFault.mayPass(error);
  }

  /** A failure, after which the store may be well again. */
  public ConvoyException failure(String message, IOException error) {
    return StoreFault.error(message, error, mayPass(error));
  }

  /** A failure to write, in one line. */
  public ConvoyException unwritable(String verb, Object place, IOException error, String remedy) {
    return failure("cannot %s %s: %s; %s".formatted(verb, place, reason(error), remedy), error);
  }

  /** A failure of the file system, in one line. */
  public ConvoyException failed(String verb, Object place, IOException error) {
    return failure("cannot %s %s: %s".formatted(verb, place, reason(error)), error);
  }
}
