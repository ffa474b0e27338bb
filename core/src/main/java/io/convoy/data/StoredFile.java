package io.convoy.data;

import io.convoy.error.ConvoyException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;

/**
 * Reads of a {@link FileStore} in which every failure is an error of Convoy. Whole files are read
 * before they are decoded, so that a failing disk is never taken for a damaged image.
 */
public final class StoredFile {
  private static final int LARGEST = Integer.MAX_VALUE - 64;

  private StoredFile() {}

  /** Whether there is such a file or folder. */
  public static boolean exists(FileStore files, String path) {
    try {
      return files.exists(path);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** A file or a folder, in one question to the store; empty where there is none. */
  public static Optional<FileStore.Entry> find(FileStore files, String path) {
    try {
      return files.find(path);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** The length of a file in bytes. */
  public static long length(FileStore files, String path) {
    try {
      return files.length(path);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** What a file is like at the moment, to compare with another time: its length, its change. */
  public static String version(FileStore files, String path) {
    try {
      return files.length(path) + "@" + files.modified(path);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** The first bytes of a file, at most {@code count}. */
  public static byte[] start(FileStore files, String path, int count) {
    try (InputStream in = files.open(path)) {
      return in.readNBytes(count);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** The bytes of a file; the length is known before the memory is taken. */
  public static byte[] read(FileStore files, String path) {
    return read(files, path, length(files, path));
  }

  /**
   * The bytes of a file whose length is known, as from a listing: the store is not asked for it.
   *
   * @throws ConvoyException of kind RESOURCE when the file has another
   */
  public static byte[] read(FileStore files, String path, long length) {
    try {
      if (length > LARGEST) {
        throw ConvoyException.data(
            "%s: %d bytes are more than one file of a data set may have (%d): split it",
            path, length, LARGEST);
      }
      byte[] bytes = new byte[(int) length];
      try (InputStream in = files.open(path)) {
        int got = in.readNBytes(bytes, 0, bytes.length);
        if (got < bytes.length || in.read() >= 0) {
          throw ConvoyException.resource(
              "%s: the store says %d bytes, the file has %s: is it still being written?",
              path, length, got < bytes.length ? Integer.toString(got) : "more");
        }
      }
      return bytes;
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /**
   * A part of a file.
   *
   * @param from its first byte
   * @param length in bytes; that the file has them is known, so that the memory may be taken
   */
  public static byte[] read(FileStore files, String path, long from, int length) {
    byte[] bytes = new byte[length];
    try (InputStream in = files.open(path, from)) {
      int got = in.readNBytes(bytes, 0, length);
      if (got < length) {
        throw ConvoyException.resource(
            "%s: the file ends at byte %d, where it should have %d: is it still being written?",
            path, from + got, from + length);
      }
      return bytes;
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** The children of a folder, hidden ones among them. */
  public static List<FileStore.Entry> list(FileStore files, String folder) {
    try {
      return files.list(folder);
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** A folder's name with every link in it resolved: {@link FileStore#identity}. */
  public static String identity(FileStore files, String folder) {
    try {
      return files.identity(folder);
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  private static ConvoyException failure(String path, IOException cause) {
    if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
      return new ConvoyException(
          ConvoyException.Kind.DATA,
          "%s: no such file or folder%s".formatted(path, LocalNames.remedyFor(path)),
          cause);
    }
    if (cause instanceof NotDirectoryException) {
      return new ConvoyException(
          ConvoyException.Kind.DATA,
          "%s: this is a file, where a folder is expected".formatted(path),
          cause);
    }
    if (cause instanceof AccessDeniedException denied) {
      String reason = denied.getReason();
      return new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s: the user %s has no right to read it%s: give it that right, or name another folder"
              .formatted(
                  path, System.getProperty("user.name"), reason == null ? "" : " (" + reason + ")"),
          cause);
    }
    return new ConvoyException(
        ConvoyException.Kind.RESOURCE,
        "%s: cannot be read (%s: %s)"
            .formatted(path, cause.getClass().getSimpleName(), cause.getMessage()),
        cause);
  }
}
