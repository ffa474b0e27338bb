package io.convoy.checkpoint;

import io.convoy.storage.DamagedException;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one checkpoint comes to stand under its name: by a rename, or by its manifest. */
final class CheckpointCommit {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointCommit.class);

  private final StoreFolder files;
  private final FileSystem fileSystem;
  private final CommitRight owner;
  private final Path folder;
  private final Path target;
  private final Path writing;

  /** Whether this commit has put anything in the place where it writes. */
  private boolean begun;

  CheckpointCommit(StoreFolder files, CommitRight owner, Path folder, long step) {
    this.files = files;
    this.fileSystem = files.fileSystem();
    this.owner = owner;
    this.folder = folder;
    this.target = new Path(folder, StepFolder.name(step));
    this.writing =
        files.renamesAtomically()
            ? new Path(folder, StepFolder.temporary(owner.generation(), step))
            : target;
  }

  Path target() {
    return target;
  }

  /** Writes the checkpoint and commits it, unless the same one is there already. */
  void commit(CheckpointWriter writer) throws IOException {
    removeLeftovers();
    if (files.renamesAtomically()) {
      begun = true;
      CheckpointManifest manifest = writer.write(writing);
      owner.check();
      moveToTarget(manifest);
      return;
    }
    if (files.status(target).isPresent() && holds(writer.manifest())) {
      return;
    }
    begun = true;
    // Without its manifest the folder is no checkpoint: so it goes first and comes last.
    fileSystem.delete(new Path(target, CheckpointManifest.NAME), false);
    fileSystem.delete(target, true);
    writer.write(target);
  }

  /** Temporaries of this and of earlier drivers: nobody will finish them. */
  private void removeLeftovers() throws IOException {
    for (String name : files.names(folder)) {
      OptionalLong generation = StepFolder.generation(name);
      if (generation.isPresent() && generation.getAsLong() <= owner.generation()) {
        fileSystem.delete(new Path(folder, name), true);
      }
    }
  }

  private void moveToTarget(CheckpointManifest manifest) throws IOException {
    // Renaming onto a folder that exists would succeed and put the one inside the other.
    if (files.status(target).isPresent()) {
      if (holds(manifest)) {
        fileSystem.delete(writing, true);
        return;
      }
      fileSystem.delete(target, true);
    }
    boolean renamed = fileSystem.rename(writing, target);
    boolean inPlace = files.status(new Path(target, CheckpointManifest.NAME)).isPresent();
    if (!renamed || !inPlace || files.status(writing).isPresent()) {
      throw new IOException(
          "renaming %s gave no whole checkpoint (renamed=%s manifest=%s)"
              .formatted(writing, renamed, inPlace));
    }
  }

  /** Whether the checkpoint at the target is whole and the same as the one to commit. */
  private boolean holds(CheckpointManifest manifest) throws IOException {
    try {
      CheckpointReader there = CheckpointReader.open(files, target);
      there.verify();
      return there.manifest().equals(manifest);
    } catch (DamagedException e) {
      LOG.info("{} is damaged and is written anew: {}", target, e.getMessage());
      return false;
    }
  }

  /**
   * Removes what was written so far, as far as the file system allows. A checkpoint that is there
   * already, where it is written in place, stays unless it was to be overwritten.
   */
  void abandon() {
    if (!begun) {
      return;
    }
    try {
      fileSystem.delete(writing, true);
    } catch (IOException e) {
      LOG.warn("{} stays behind: {}", writing, StoreFolder.reason(e));
    }
  }
}
