package io.convoy.launcher.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Whether runs can be kept in a folder: a small file is written, read and deleted, in the folder or
 * in the nearest one above it that is there.
 *
 * @param limit the time that all of it may take
 */
record OutputCheck(String folder, Configuration configuration, Duration limit) implements Check {
  private static final String ABOUT = "output";

  @Override
  public List<Finding> look() {
    CompletableFuture<Finding> answer = new CompletableFuture<>();
    // a thread of its own: a name node that does not answer holds its caller for minutes
    Thread thread = new Thread(() -> answer.complete(tried()), "convoy-doctor-output");
    thread.setDaemon(true);
    thread.start();
    try {
      return List.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return List.of(
          Finding.fail(
              ABOUT,
              "%s: no answer within %s s".formatted(folder, limit.toSeconds()),
              "look whether the file system runs, whether it is in safe mode, and whether a"
                  + " firewall is in the way"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.fail(ABOUT, folder + ": interrupted", "try again"));
    } catch (ExecutionException e) {
      return List.of(failed(e.getCause()));
    }
  }

  private Finding tried() {
    try {
      return writeReadDelete();
    } catch (IOException | RuntimeException e) {
      return failed(e);
    }
  }

  private Finding writeReadDelete() throws IOException {
    Path wanted = new Path(folder);
    FileSystem files = wanted.getFileSystem(impatient());
    Path there = files.makeQualified(wanted);
    while (!files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    Path file = new Path(there, ".convoy-doctor-" + UUID.randomUUID());
    byte[] written = file.getName().getBytes(StandardCharsets.UTF_8);
    try {
      try (OutputStream out = files.create(file, false)) {
        out.write(written);
      }
      try (InputStream in = files.open(file)) {
        if (!Arrays.equals(in.readAllBytes(), written)) {
          return Finding.fail(
              ABOUT,
              "%s: a file does not read as it was written".formatted(there),
              "do not keep runs there");
        }
      }
    } finally {
      files.delete(file, false);
    }
    return Finding.ok(ABOUT, "%s: a file was written, read and deleted", there);
  }

  /** One attempt to connect, not forty-five. */
  private Configuration impatient() {
    Configuration impatient = new Configuration(configuration);
    impatient.setInt("ipc.client.connect.max.retries", 1);
    impatient.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
    impatient.setInt("dfs.client.failover.max.attempts", 3);
    impatient.setInt("dfs.client.retry.max.attempts", 1);
    // a file system of these settings only: the cache would hand them to others
    impatient.setBoolean("fs.hdfs.impl.disable.cache", true);
    return impatient;
  }

  private Finding failed(Throwable error) {
    String reason = error.getMessage() == null ? error.toString() : error.getMessage();
    String found = "%s: %s".formatted(folder, reason.lines().findFirst().orElse(""));
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return Finding.fail(
            ABOUT,
            "%s: nobody listens at its address".formatted(folder),
            "start the file system (HDFS: its name node), or correct host and port; those of a"
                + " cluster stand in core-site.xml under fs.defaultFS, found by HADOOP_CONF_DIR");
      }
      if (cause instanceof UnknownHostException) {
        return Finding.fail(
            ABOUT,
            found,
            "correct the host's name, or set HADOOP_CONF_DIR where it is the name of an HDFS with"
                + " several name nodes");
      }
      if (cause instanceof UnsupportedFileSystemException
          || cause instanceof ClassNotFoundException) {
        return Finding.fail(
            ABOUT,
            found,
            "put the file system's connector on the class path (spark-submit --packages)");
      }
      if (cause instanceof AccessControlException
          || cause instanceof java.nio.file.AccessDeniedException) {
        return Finding.fail(
            ABOUT, found, "ask for the right to write there, or choose a folder of yours");
      }
    }
    return Finding.fail(ABOUT, found, "choose another folder, or mend this one");
  }
}
