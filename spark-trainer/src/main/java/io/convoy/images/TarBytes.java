package io.convoy.images;

import io.convoy.storage.HadoopFiles;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * The bytes of a tar file, from its start to its end. Where it is not compressed, what nobody wants
 * to see is passed over without being read.
 */
final class TarBytes extends InputStream {
  /** Of a header, and those of long names, about. */
  private static final int SMALL = 1 << 12;

  private static final int LARGE = 1 << 16;

  private final FSDataInputStream file;
  private final long length;
  private final boolean zipped;
  private final int buffer;
  private InputStream in;
  private long position;

  /**
   * Opens a file.
   *
   * @param contents whether more than headers is going to be read
   */
  TarBytes(HadoopFiles files, String path, boolean contents) throws IOException {
    length = files.length(path);
    zipped = TarNames.isZipped(path);
    buffer = contents || zipped ? LARGE : SMALL;
    file = files.open(path);
    in = new BufferedInputStream(file, buffer);
    if (zipped) {
      in = new GZIPInputStream(in, buffer);
    }
  }

  /** How many bytes lie before the next one. */
  long position() {
    return position;
  }

  /** Whether {@link #passOver} reads nothing. */
  boolean seeks() {
    return !zipped;
  }

  /**
   * Goes on behind so many bytes of a file that is not compressed.
   *
   * @throws EOFException when the file ends before
   */
  void passOver(long bytes) throws IOException {
    long to = position + bytes;
    if (to > length) {
      throw new EOFException("it ends within a file");
    }
    if (bytes <= buffer) {
      in.skipNBytes(bytes); // most of it has been read
    } else {
      file.seek(to);
      in = new BufferedInputStream(file, buffer);
    }
    position = to;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    position += value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    int got = in.read(bytes, from, count);
    position += Math.max(0, got);
    return got;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
    file.close();
  }
}
