package io.convoy.checkpoint;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.net.UnknownHostException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A folder that a user has named, on its file system.
 *
 * @param files where it is
 * @param path its full name; it need not exist
 */
public record FolderPlace(FileSystem files, Path path) {
  /**
   * Finds the file system.
   *
   * @throws ConvoyException of kind USAGE when no file system takes the name, of kind RESOURCE when
   *     its machine is not known or cannot be reached
   */
  public static FolderPlace of(String location, Configuration configuration) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(configuration);
      return new FolderPlace(files, files.makeQualified(path));
    } catch (IllegalArgumentException e) {
      throw e.getCause() instanceof UnknownHostException host
          ? unknown(location, host)
          : unnamed(location, e);
    } catch (UnsupportedFileSystemException e) {
      throw unnamed(location, e);
    } catch (UnknownHostException e) {
      throw unknown(location, e);
    } catch (IOException e) {
      throw RunFiles.failed("reach", location, e);
    }
  }

  private static ConvoyException unnamed(String location, Exception reason) {
    return new ConvoyException(
        ConvoyException.Kind.USAGE,
        "'%s' does not name a folder on a known file system: %s"
            .formatted(location, RunFiles.reason(reason)),
        reason);
  }

  private static ConvoyException unknown(String location, UnknownHostException host) {
    return new ConvoyException(
        ConvoyException.Kind.RESOURCE,
        "%s: no machine is known as %s: look for a mistyped name, and whether HADOOP_CONF_DIR is the"
                .formatted(location, host.getMessage())
            + " folder of the cluster's settings",
        host);
  }
}
