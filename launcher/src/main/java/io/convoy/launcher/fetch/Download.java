package io.convoy.launcher.fetch;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.progress.ByteSize;
import io.convoy.launcher.progress.TransferProgress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One file on its way: into {@code NAME.part}, from where it was, until all bytes are there; then
 * held against its SHA-256; then renamed. What is under the file's own name is right at any time.
 */
final class Download {
  private final PublishedFile file;
  private final Path target;
  private final Path part;
  private final Transfer transfer;
  private final FetchLimits limits;
  private final TransferProgress progress;

  /** Whether the bytes came by more than one answer, which may have been of different versions. */
  private boolean spliced;

  /**
   * @param folder where the file goes; it exists
   * @param address of the file
   * @param client shared by all files
   */
  Download(
      PublishedFile file,
      Path folder,
      URI address,
      HttpClient client,
      FetchLimits limits,
      TransferProgress progress) {
    this.file = file;
    this.target = folder.resolve(file.name());
    this.part = folder.resolve(file.name() + ".part");
    this.limits = limits;
    this.progress = progress;
    this.transfer = new Transfer(address, file, part, client, limits.stall(), progress);
  }

  /**
   * Fetches the file.
   *
   * @throws ConvoyException of kind RESOURCE when it cannot be had or written, DATA when what came
   *     is not what was published
   */
  void run() {
    try (FileChannel channel =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      requireSpace(channel.size());
      spliced = channel.size() > 0;
      receive(channel);
      if (spliced && !isRight()) {
        progress.say(
            "%s: its parts do not go together: once more from the start".formatted(file.name()));
        channel.truncate(0);
        receive(channel);
      }
      requireRight();
      channel.force(true);
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "%s: cannot be written (%s)".formatted(part, e), e);
    }
    moveIntoPlace();
  }

  /** Two commands in one folder would write into each other's file. */
  private FileLock lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // another thread of this process holds it: as bad
    }
    throw ConvoyException.resource(
        "%s: another command is fetching this file: wait for it, or end it", part);
  }

  private void requireSpace(long have) throws IOException {
    long missing = file.size() - have;
    long free = Files.getFileStore(part).getUsableSpace();
    if (free < missing) {
      throw ConvoyException.resource(
          "%s: needs %s more, but the disk has %s free: make room, or choose another folder",
          part, ByteSize.of(missing), ByteSize.of(free));
    }
  }

  /** Until all bytes are there. Attempts that bring a good deal do not count. */
  private void receive(FileChannel channel) throws IOException {
    long wait = limits.firstWait().toMillis();
    for (int failed = 0; channel.size() != file.size(); ) {
      if (channel.size() > file.size()) {
        channel.truncate(0);
      }
      long before = channel.size();
      spliced |= before > 0;
      progress.start(file.name(), before, file.size());
      try {
        transfer.attempt(channel);
      } catch (PassingFailure e) {
        long gained = channel.size() - before;
        failed = gained >= limits.worthwhile() ? 1 : failed + 1;
        wait = failed == 1 ? limits.firstWait().toMillis() : wait * 2;
        if (failed == limits.attempts()) {
          throw ConvoyException.resource(
              "%s: %s, %d times in a row; %s of %s are there, and the same command goes on from"
                  + " there; or name a mirror by --from URL",
              transfer.address(),
              e.getMessage(),
              failed,
              ByteSize.of(channel.size()),
              ByteSize.of(file.size()));
        }
        long millis = Math.min(wait, limits.longestWait().toMillis());
        progress.say(
            String.format(
                Locale.ROOT,
                "%s: %s; trying again in %.1f s",
                file.name(),
                e.getMessage(),
                millis / 1e3));
        pause(millis);
      } finally {
        progress.close();
      }
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while waiting to try again");
    }
  }

  private boolean isRight() throws IOException {
    return PublishedFile.sha256Of(part).equals(file.sha256());
  }

  private void requireRight() throws IOException {
    String got = PublishedFile.sha256Of(part);
    if (!got.equals(file.sha256())) {
      Files.delete(part);
      transfer.forget();
      throw ConvoyException.data(
          "%s: its SHA-256 is %s, that of the published file %s: it is another file; nothing was"
              + " kept: look at the address, or name a mirror by --from URL",
          transfer.address(), got, file.sha256());
    }
  }

  private void moveIntoPlace() {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      transfer.forget();
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s: cannot be renamed to %s (%s)".formatted(part, target.getFileName(), e),
          e);
    }
  }
}
