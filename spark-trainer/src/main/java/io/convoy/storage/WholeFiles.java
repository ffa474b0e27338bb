package io.convoy.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small files of a run, as one of its drivers writes them: each comes to stand under its name
 * as a whole. Where the file system can, it is written under a temporary name first. That name
 * holds the driver's generation, so that a later driver knows whose temporaries nobody will finish.
 *
 * <p>Both ways to write may be tried again after an error that left open what became of the file.
 *
 * <p>Local files are linked and moved through {@code java.nio}, since Hadoop's calls are not atomic
 * there.
 */
public final class WholeFiles {
  private static final Logger LOG = LoggerFactory.getLogger(WholeFiles.class);

  /** Those of Convoy 0.1 had no generation. */
  private static final Pattern TEMPORARY =
      Pattern.compile(
          "\\.tmp-(?:(\\d{9,18})-)?"
              + "(?:owner|run\\.json|result\\.json|metrics(?:\\.tail)?\\.jsonl|rejected\\.jsonl|evaluation\\.json|validation\\.json|pictures\\.json|report\\.html|ensemble\\.json|examined\\.jsonl|generation-\\d+)"
              + "-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final StoreFolder files;
  private final long generation;

  public WholeFiles(StoreFolder files, long generation) {
    this.files = files;
    this.generation = generation;
  }

  /**
   * Creates a file that must not exist yet: of several callers at once, one succeeds. Object stores
   * promise that only where they write conditionally.
   *
   * @return whether it holds these bytes now: created here, or by an earlier try
   */
  public boolean createNew(Path file, byte[] bytes) throws IOException {
    files.makeFolder(file.getParent());
    try {
      create(file, out -> out.write(bytes));
      return true;
    } catch (IOException e) {
      // Stores have several errors for a name that is taken, or just being taken.
      return holds(file, bytes, e);
    }
  }

  private void create(Path file, StoreFolder.Content content) throws IOException {
    Optional<FileContext> context = renaming();
    if (context.isEmpty()) {
      files.create(file, content);
      return;
    }
    Path temporary = temporary(file);
    writeOrDelete(temporary, content);
    try {
      if (isLocal()) {
        link(temporary, file, content);
      } else {
        context.get().rename(temporary, file, Options.Rename.NONE);
      }
    } catch (IOException e) {
      files.deleteAfter(e, temporary);
      throw e;
    }
  }

  /** A link, unlike a move, fails where the name is taken. Some disks have no links. */
  private void link(Path temporary, Path file, StoreFolder.Content content) throws IOException {
    try {
      Files.createLink(localPath(file), localPath(temporary));
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      LOG.debug("{} cannot be linked to", temporary, e);
      files.create(file, content);
    }
    Files.deleteIfExists(localPath(temporary));
  }

  /** Whether a file that could not be created is there with just these bytes. */
  private boolean holds(Path file, byte[] bytes, IOException error) throws IOException {
    Optional<FileStatus> status = files.status(file);
    if (status.isEmpty()) {
      throw error;
    }
    return status.get().getLen() == bytes.length
        && Arrays.equals(files.read(file, bytes.length), bytes);
  }

  /**
   * Puts a file in place of what was there. Readers see the old or the new one, never a part, where
   * the file system renames atomically.
   */
  public void replace(Path file, StoreFolder.Content content) throws IOException {
    Optional<FileContext> context = renaming();
    if (context.isEmpty()) {
      files.write(file, content);
      return;
    }
    Path temporary = temporary(file);
    writeOrDelete(temporary, content);
    try {
      if (isLocal()) {
        Files.move(
            localPath(temporary),
            localPath(file),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } else {
        // FileSystem.rename would refuse an existing target; this replaces it in one operation.
        context.get().rename(temporary, file, Options.Rename.OVERWRITE);
      }
    } catch (IOException e) {
      files.deleteAfter(e, temporary);
      throw e;
    }
  }

  private boolean isLocal() {
    return files.fileSystem() instanceof RawLocalFileSystem;
  }

  private java.nio.file.Path localPath(Path file) {
    return ((RawLocalFileSystem) files.fileSystem()).pathToFile(file).toPath();
  }

  /** Unique, too: two drivers may be at it at once, until the one that lost the run finds out. */
  private Path temporary(Path file) {
    String name =
        String.format(
            Locale.ROOT, ".tmp-%09d-%s-%s", generation, file.getName(), UUID.randomUUID());
    return new Path(file.getParent(), name);
  }

  private Optional<FileContext> renaming() throws IOException {
    if (!files.renamesAtomically()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          FileContext.getFileContext(files.root().toUri(), files.fileSystem().getConf()));
    } catch (UnsupportedFileSystemException e) {
      return Optional.empty();
    }
  }

  /** What could not be written whole is not left behind: on a full disk it would take up room. */
  private void writeOrDelete(Path file, StoreFolder.Content content) throws IOException {
    try {
      files.write(file, content);
    } catch (IOException e) {
      files.deleteAfter(e, file);
      throw e;
    }
  }

  /**
   * Removes the temporaries of this driver and of those before it, which have lost the run: nobody
   * will finish them. To be called before this driver writes anything. A failure costs room,
   * nothing else.
   */
  public void removeLeftovers(Path folder) {
    try {
      for (String name : files.names(folder)) {
        OptionalLong writer = writer(name);
        if (writer.isPresent() && writer.getAsLong() <= generation) {
          files.fileSystem().delete(new Path(folder, name), false);
        }
      }
    } catch (IOException e) {
      LOG.warn("temporary files in {} stay: {}", folder, StoreFolder.reason(e));
    }
  }

  /** Whether a name is that of a file which is being written, or was when its writer died. */
  public static boolean isTemporary(String name) {
    return writer(name).isPresent();
  }

  /** The generation that wrote a temporary, 0 where its name has none; empty for other names. */
  private static OptionalLong writer(String name) {
    Matcher matcher = TEMPORARY.matcher(name);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(matcher.group(1) == null ? 0 : Long.parseLong(matcher.group(1)));
  }
}
