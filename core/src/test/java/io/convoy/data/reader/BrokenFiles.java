package io.convoy.data.reader;

import io.convoy.data.ForwardingFiles;
import java.io.IOException;
import java.io.InputStream;

/** A store whose files are listed but break off with an I/O error after some bytes. */
final class BrokenFiles extends ForwardingFiles {
  private final int goodBytes;

  BrokenFiles(int goodBytes) {
    this.goodBytes = goodBytes;
  }

  @Override
  public InputStream open(String path) throws IOException {
    InputStream in = super.open(path);
    return new InputStream() {
      private int left = goodBytes;

      @Override
      public int read() throws IOException {
        if (left <= 0) {
          throw new IOException("the disk is gone");
        }
        left--;
        return in.read();
      }

      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        if (length > 0 && left <= 0) {
          throw new IOException("the disk is gone");
        }
        int count = in.read(target, from, Math.min(length, left));
        left -= Math.max(0, count);
        return count;
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }
}
