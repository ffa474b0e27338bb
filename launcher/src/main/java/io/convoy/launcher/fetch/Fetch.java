package io.convoy.launcher.fetch;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.progress.ByteSize;
import io.convoy.launcher.progress.TransferProgress;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings a published set into a folder: what is there and right stays, the rest is fetched. */
public final class Fetch {
  private final PublishedSet set;
  private final Path folder;
  private final FetchLimits limits;
  private final TransferProgress progress;

  /**
   * @param folder of this machine; made where it is missing
   */
  public Fetch(PublishedSet set, Path folder, TransferProgress progress) {
    this(set, folder, FetchLimits.STANDARD, progress);
  }

  Fetch(PublishedSet set, Path folder, FetchLimits limits, TransferProgress progress) {
    this.set = set;
    this.folder = folder;
    this.limits = limits;
    this.progress = progress;
  }

  /**
   * Fetches what is missing, and unpacks it where it is an archive.
   *
   * @throws ConvoyException of kind RESOURCE when something cannot be had or written, DATA when
   *     what came is not what was published
   */
  public void run() {
    try {
      if (!Files.isDirectory(folder)) { // a link to a folder is one, too
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "%s: no folder can be made (%s)".formatted(folder, e), e);
    }
    HttpClient client = Transfer.newClient();
    for (PublishedFile file : set.files()) {
      fetch(file, client);
    }
    set.archive().ifPresent(this::unpack);
  }

  private void fetch(PublishedFile file, HttpClient client) {
    Path target = folder.resolve(file.name());
    if (file.isAt(target)) {
      progress.say("%s: is there, as published".formatted(file.name()));
      return;
    }
    if (Files.exists(target)) {
      progress.say(
          "%s: is there, but is not the published file (%s): it is replaced once that has come"
              .formatted(target, difference(file, target)));
    }
    new Download(file, folder, set.address().resolve(file.name()), client, limits, progress).run();
    progress.say("%s: %s, SHA-256 as published".formatted(file.name(), ByteSize.of(file.size())));
  }

  private static String difference(PublishedFile file, Path target) {
    try {
      if (!Files.isRegularFile(target)) {
        throw ConvoyException.resource(
            "%s: is no file, but one is to stand there: take it away", target);
      }
      long size = Files.size(target);
      return size == file.size()
          ? "its SHA-256 is " + PublishedFile.sha256Of(target)
          : "it has %s bytes, not %s".formatted(size, file.size());
    } catch (IOException e) {
      throw PublishedFile.unreadable(target, e);
    }
  }

  private void unpack(ArchiveLayout layout) {
    Path archive = folder.resolve(set.files().get(0).name());
    int written = new Archive(archive, layout, folder, progress).unpack();
    Path place = folder.resolve(layout.folder());
    progress.say(
        written == 0
            ? "%s: is there, as in the archive".formatted(place)
            : "%s: unpacked; only these files are read from here on".formatted(place));
  }
}
