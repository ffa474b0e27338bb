package io.convoy.storage;

import io.convoy.data.LocalNames;
import io.convoy.error.ConvoyException;
import java.io.File;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Paths as users write them, and their file systems. Every mistake is an error of Convoy. */
public final class HadoopPaths {
  private static final Set<String> WEB = Set.of("http", "https");

  private HadoopPaths() {}

  /**
   * A path.
   *
   * @throws ConvoyException of kind USAGE when the text is none
   */
  public static Path parse(String text) {
    try {
      return new Path(text);
    } catch (IllegalArgumentException e) {
      boolean colon = text.indexOf(':') >= 0;
      throw new ConvoyException(
          ConvoyException.Kind.USAGE,
          "'%s' is no path: %s%s"
              .formatted(
                  text,
                  e.getMessage(),
                  colon ? "; before a name with a colon write ./, or a full path" : ""),
          e);
    }
  }

  /**
   * The file system on which a path lies.
   *
   * @throws ConvoyException of kind USAGE when no file system takes the path, of kind RESOURCE when
   *     its file system cannot be reached
   */
  public static FileSystem fileSystem(Path path, Configuration configuration) {
    try {
      FileSystem found = path.getFileSystem(configuration);
      if (WEB.contains(found.getUri().getScheme())) {
        throw ConvoyException.usage(
            "'%s' is an address on the web, which has no folders to list or to write: fetch its"
                + " files, and name the folder that they are in",
            path);
      }
      found.makeQualified(path);
      local(found, path).ifPresent(file -> LocalNames.path(file.getPath()));
      return found;
    } catch (ConvoyException e) {
      throw e;
    } catch (UnsupportedFileSystemException e) {
      throw unknown(path, StoreFolder.reason(e), e);
    } catch (IOException | RuntimeException e) {
      throw explain(path, e);
    }
  }

  /** The file on this machine, where the file system is this machine's. */
  static Optional<File> local(FileSystem fileSystem, Path path) {
    if (fileSystem instanceof LocalFileSystem local) {
      return Optional.of(local.pathToFile(path));
    }
    return fileSystem instanceof RawLocalFileSystem raw
        ? Optional.of(raw.pathToFile(path))
        : Optional.empty();
  }

  /** Hadoop wraps what is wrong with a path in exceptions of any kind. */
  static ConvoyException explain(Path path, Exception error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return new ConvoyException(
            ConvoyException.Kind.RESOURCE,
            "%s: there is no host '%s': correct its name, or set HADOOP_CONF_DIR where it is the"
                    .formatted(path, cause.getMessage())
                + " name of an HDFS with several name nodes",
            error);
      }
      if (cause instanceof ClassNotFoundException) {
        return unknown(
            path,
            StoreFolder.reason(error)
                + ": put its connector on the class path (spark-submit --packages)",
            error);
      }
    }
    if (error instanceof IOException) {
      return new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s: its file system cannot be reached (%s)".formatted(path, StoreFolder.reason(error)),
          error);
    }
    return unknown(path, StoreFolder.reason(error), error);
  }

  static ConvoyException unknown(Path path, String reason, Exception error) {
    return new ConvoyException(
        ConvoyException.Kind.USAGE,
        "'%s' does not name a folder on a known file system: %s".formatted(path, reason),
        error);
  }
}
