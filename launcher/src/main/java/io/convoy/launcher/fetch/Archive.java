package io.convoy.launcher.fetch;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.progress.TransferProgress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A {@code .tar.gz} of plain files in one folder. Only what its layout names is written: no path
 * leads out of the folder, no link is made, no file grows past its size.
 */
final class Archive {
  private final Path archive;
  private final ArchiveLayout layout;
  private final Path folder;
  private final TransferProgress progress;

  /**
   * @param parent where the archive's folder goes
   */
  Archive(Path archive, ArchiveLayout layout, Path parent, TransferProgress progress) {
    this.archive = archive;
    this.layout = layout;
    this.folder = parent.resolve(layout.folder());
    this.progress = progress;
  }

  /**
   * Writes the files that are not there as the archive has them.
   *
   * @return how many were written
   * @throws ConvoyException of kind DATA when the archive holds anything that its layout does not,
   *     RESOURCE when a file cannot be written
   */
  int unpack() {
    int written = 0;
    Set<String> seen = new HashSet<>();
    try (InputStream file = Files.newInputStream(archive);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(file, 1 << 16)))) {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!isTheFolder(entry)) {
          String name = nameOf(entry);
          if (!seen.add(name)) {
            throw refuse(entry, "is there twice");
          }
          written += write(tar, name) ? 1 : 0;
        }
      }
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s: cannot be unpacked into %s (%s)".formatted(archive, folder, e),
          e);
    }
    requireAll(seen);
    return written;
  }

  private boolean isTheFolder(TarArchiveEntry entry) {
    return entry.isDirectory() && entry.getName().equals(layout.folder() + "/");
  }

  /** The name of a file below the folder, if the layout knows it. */
  private String nameOf(TarArchiveEntry entry) {
    String prefix = layout.folder() + "/";
    String name =
        entry.getName().startsWith(prefix) ? entry.getName().substring(prefix.length()) : "";
    boolean plain = entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
    if (!plain || !layout.allows(name, entry.getSize())) {
      throw refuse(entry, "of %s bytes does not belong there".formatted(entry.getSize()));
    }
    return name;
  }

  private ConvoyException refuse(TarArchiveEntry entry, String what) {
    return ConvoyException.data(
        "%s: the entry '%s' %s: nothing of it was written; fetch the archive again",
        archive, entry.getName(), what);
  }

  private boolean write(InputStream content, String name) throws IOException {
    Path target = folder.resolve(name);
    Path part = folder.resolve(name + ".part");
    Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
    if (Files.isRegularFile(target)) {
      if (Files.mismatch(part, target) < 0) {
        Files.delete(part);
        return false;
      }
      progress.say("%s: is not as published, and is replaced".formatted(target));
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private void requireAll(Set<String> seen) {
    Set<String> missing = new TreeSet<>(layout.required().keySet());
    missing.removeAll(seen);
    if (!missing.isEmpty()) {
      throw ConvoyException.data(
          "%s: lacks %s: fetch the archive again", archive, String.join(", ", missing));
    }
  }
}
