package io.convoy.pack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file of which some parts lie in memory. Parquet reads these and nothing else, so that whatever
 * goes wrong there is the fault of the bytes, never of a store.
 */
final class FileParts implements InputFile {
  private final long length;
  private final TreeMap<Long, byte[]> parts = new TreeMap<>();

  /**
   * @param length of the whole file
   */
  FileParts(long length) {
    this.length = length;
  }

  /** Adds a part, which no other one overlaps. */
  FileParts with(long from, byte[] bytes) {
    parts.put(from, bytes);
    return this;
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() {
    Cursor cursor = new Cursor();
    return new DelegatingSeekableInputStream(cursor) {
      @Override
      public long getPos() {
        return cursor.position;
      }

      @Override
      public void seek(long position) {
        cursor.position = position;
      }
    };
  }

  /** Reads on from a place, within one part. */
  private final class Cursor extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      Map.Entry<Long, byte[]> part = parts.floorEntry(position);
      long skipped = part == null ? 0 : position - part.getKey();
      if (part == null || skipped >= part.getValue().length) {
        throw new EOFException("a page lies outside of what is its own, at byte " + position);
      }
      int read = (int) Math.min(count, part.getValue().length - skipped);
      System.arraycopy(part.getValue(), (int) skipped, into, from, read);
      position += read;
      return read;
    }
  }
}
