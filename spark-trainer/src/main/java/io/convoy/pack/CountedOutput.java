package io.convoy.pack;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A stream as a file of Parquet. The stream stays its owner's to close. */
public final class CountedOutput extends PositionOutputStream {
  private final OutputStream out;
  private long position;

  private CountedOutput(OutputStream out) {
    this.out = out;
  }

  /** A file that is written to a stream, from its start. */
  public static OutputFile file(OutputStream out) {
    return new OutputFile() {
      @Override
      public PositionOutputStream create(long blockSizeHint) {
        return new CountedOutput(out);
      }

      @Override
      public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return create(blockSizeHint);
      }

      @Override
      public boolean supportsBlockSize() {
        return false; // so that nothing is padded
      }

      @Override
      public long defaultBlockSize() {
        return 0;
      }
    };
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
    position++;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    position += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
