package io.convoy.checkpoint;

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
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * The few file operations that a run folder stands on, with what each file system can promise:
 * creating a file that must not exist, replacing a file as a whole, moving a finished folder to its
 * name.
 *
 * <p>Local disks are used without Hadoop's {@code .crc} files: manifests hold stronger sums. Local
 * creation and replacement go through {@code java.nio}, since Hadoop's are not atomic there.
 */
final class RunFiles {
  /**
   * Whether renaming a folder is atomic: {@code true} or {@code false}; where it is not set, the
   * scheme decides.
   */
  static final String ATOMIC_RENAME = "convoy.checkpoint.atomic-rename";

  /** File systems known to rename folders atomically. All others are taken for object stores. */
  private static final Set<String> ATOMIC_SCHEMES =
      Set.of("file", "hdfs", "viewfs", "webhdfs", "swebhdfs");

  /** What a file is to hold. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final FileSystem fileSystem;
  private final Path root;

  private RunFiles(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /** The folder at {@code location}, which need not exist. */
  static RunFiles at(String location, Configuration configuration) {
    FolderPlace place = FolderPlace.of(location, configuration);
    FileSystem used =
        place.files() instanceof LocalFileSystem local ? local.getRawFileSystem() : place.files();
    return new RunFiles(used, used.makeQualified(place.path()));
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  Path root() {
    return root;
  }

  Path path(String name) {
    return new Path(root, name);
  }

  boolean renamesAtomically() {
    boolean usual = ATOMIC_SCHEMES.contains(root.toUri().getScheme());
    return fileSystem.getConf().getBoolean(ATOMIC_RENAME, usual);
  }

  /** The status of a file or folder; empty where there is none. */
  Optional<FileStatus> status(Path path) throws IOException {
    try {
      return Optional.of(fileSystem.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The names in a folder, sorted; none where the folder does not exist. */
  List<String> names(Path folder) throws IOException {
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
  byte[] read(Path file, int limit) throws IOException {
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
  void makeFolder(Path folder) throws IOException {
    if (fileSystem instanceof RawLocalFileSystem local) {
      Files.createDirectories(local.pathToFile(folder).toPath());
      return;
    }
    if (!fileSystem.mkdirs(folder)) {
      throw new IOException("the file system made no folder");
    }
  }

  /**
   * Creates a file that must not exist yet: of several callers at once, one succeeds. Object stores
   * promise that only where they write conditionally.
   *
   * @return whether it was created here
   */
  boolean createNew(Path file, byte[] bytes) throws IOException {
    makeFolder(file.getParent());
    Optional<OutputStream> created = openNew(file);
    if (created.isEmpty()) {
      return false;
    }
    try {
      complete(created.get(), out -> out.write(bytes));
    } catch (IOException e) {
      fileSystem.delete(file, false);
      throw e;
    }
    return true;
  }

  /** A stream to a file that did not exist; empty where it does. */
  private Optional<OutputStream> openNew(Path file) throws IOException {
    try {
      if (fileSystem instanceof RawLocalFileSystem local) {
        java.nio.file.Path path = local.pathToFile(file).toPath();
        return Optional.of(
            Files.newOutputStream(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC));
      }
      return Optional.of(fileSystem.create(file, false));
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return Optional.empty();
    } catch (IOException e) {
      // HDFS has several errors for a file that someone else is just creating.
      if (status(file).isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Puts a file in place of what was there. Readers see the old or the new one, never a part, where
   * the file system renames atomically.
   */
  void replace(Path file, Content content) throws IOException {
    // Two drivers may be at it at once, until the one that lost the run finds out.
    String unique = ".tmp-%s-%s".formatted(file.getName(), UUID.randomUUID());
    Path temporary = new Path(file.getParent(), unique);
    if (fileSystem instanceof RawLocalFileSystem local) {
      writeOrDelete(temporary, content);
      Files.move(
          local.pathToFile(temporary).toPath(),
          local.pathToFile(file).toPath(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    Optional<FileContext> context = renamesAtomically() ? context() : Optional.empty();
    if (context.isEmpty()) {
      write(file, content);
      return;
    }
    writeOrDelete(temporary, content);
    // FileSystem.rename would refuse an existing target; this form replaces it in one operation.
    context.get().rename(temporary, file, Options.Rename.OVERWRITE);
  }

  /** What could not be written whole is not left behind: on a full disk it would take up room. */
  private void writeOrDelete(Path file, Content content) throws IOException {
    try {
      write(file, content);
    } catch (IOException e) {
      try {
        fileSystem.delete(file, false);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private Optional<FileContext> context() throws IOException {
    try {
      return Optional.of(FileContext.getFileContext(root.toUri(), fileSystem.getConf()));
    } catch (UnsupportedFileSystemException e) {
      return Optional.empty();
    }
  }

  /** Writes a file to its end, onto the disk, over what was there. */
  void write(Path file, Content content) throws IOException {
    complete(fileSystem.create(file, true), content);
  }

  /** Adds bytes to the end of a file. */
  void append(Path file, byte[] bytes) throws IOException {
    complete(fileSystem.append(file), out -> out.write(bytes));
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
  static String reason(Exception error) {
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

  /** A failure to write, in one line. */
  static ConvoyException unwritable(String verb, Object place, IOException error, String remedy) {
    return new ConvoyException(
        ConvoyException.Kind.RESOURCE,
        "cannot %s %s: %s; %s".formatted(verb, place, reason(error), remedy),
        error);
  }

  /** A failure of the file system, in one line. */
  static ConvoyException failed(String verb, Object place, IOException error) {
    return new ConvoyException(
        ConvoyException.Kind.RESOURCE,
        "cannot %s %s: %s".formatted(verb, place, reason(error)),
        error);
  }
}
