package io.convoy.data.reader;

import io.convoy.data.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A store whose files are listed but break off with an I/O error after some bytes. */
record BrokenFiles(FileStore files, int goodBytes) implements FileStore {
  @Override
  public List<Entry> list(String folder) throws IOException {
    return files.list(folder);
  }

  @Override
  public Optional<Entry> find(String path) throws IOException {
    return files.find(path);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return files.exists(path);
  }

  @Override
  public long length(String path) throws IOException {
    return files.length(path);
  }

  @Override
  public long modified(String path) throws IOException {
    return files.modified(path);
  }

  @Override
  public InputStream open(String path) throws IOException {
    InputStream in = files.open(path);
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
