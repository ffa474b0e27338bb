package io.convoy.storage;

import io.convoy.checkpoint.StepFolder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A local disk under the scheme {@code faulty}, which fails when a test tells it to. */
public final class FaultyFileSystem extends FilterFileSystem {
  /** Bytes that may still be written before the disk is full. */
  public static final AtomicLong ROOM = new AtomicLong();

  /** Whether renaming fails, as on an object store. */
  public static volatile boolean renameFails;

  /** Opens of weights that fail before one succeeds. */
  public static final AtomicInteger FAILING_OPENS = new AtomicInteger();

  /** Called by Hadoop. */
  public FaultyFileSystem() {
    super(new RawLocalFileSystem());
  }

  /** A configuration that knows this file system, with all faults off. */
  public static Configuration configuration() {
    ROOM.set(Long.MAX_VALUE);
    renameFails = false;
    FAILING_OPENS.set(0);
    Configuration configuration = new Configuration();
    configuration.setClass("fs.faulty.impl", FaultyFileSystem.class, FilterFileSystem.class);
    configuration.setBoolean("fs.faulty.impl.disable.cache", true);
    return configuration;
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    fs.initialize(URI.create("file:///"), conf);
    setConf(conf);
  }

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  @Override
  public Path makeQualified(Path path) {
    return path.makeQualified(getUri(), new Path("/"));
  }

  @Override
  protected void checkPath(Path path) {}

  private static Path local(Path path) {
    return new Path(path.toUri().getPath());
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    boolean weights = path.getName().equals(StepFolder.WEIGHTS);
    if (weights && FAILING_OPENS.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IOException("connection reset by data node");
    }
    return fs.open(local(path), bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    requireRoom(1);
    return new FSDataOutputStream(
        new Limited(fs.create(local(path), overwrite, bufferSize, replication, blockSize)), null);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress)
      throws IOException {
    throw new UnsupportedOperationException("no append here");
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) {
    return false;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (renameFails) {
      throw new IOException("rename is not atomic here");
    }
    return fs.rename(local(from), local(to));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return fs.delete(local(path), recursive);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return fs.listStatus(local(path));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return fs.getFileStatus(local(path));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return fs.mkdirs(local(path), permission);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return fs.mkdirs(local(path));
  }

  private static void requireRoom(long bytes) throws IOException {
    if (ROOM.addAndGet(-bytes) < 0) {
      throw new IOException("No space left on device");
    }
  }

  /** Takes bytes while there is room. */
  private static final class Limited extends FilterOutputStream {
    Limited(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      requireRoom(length);
      out.write(bytes, offset, length);
    }
  }
}
