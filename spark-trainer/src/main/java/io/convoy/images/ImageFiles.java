package io.convoy.images;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.FolderWalk;
import io.convoy.data.folder.ImageName;
import io.convoy.data.folder.LeftOut;
import io.convoy.error.ConvoyException;
import io.convoy.storage.HadoopFiles;
import io.convoy.storage.HadoopPaths;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Finds image files that people name: one, a folder of any depth, or a glob of these. */
public record ImageFiles(HadoopFiles files) {
  private static final String GLOB = "*?[{";

  /**
   * What was found.
   *
   * @param images in order
   * @param notes what was left out, in words
   */
  public record Found(List<FileStore.Entry> images, List<String> notes) {}

  /**
   * The images at a place. A file that is named is one, whatever its name; in folders, and among
   * what a glob finds, what is no image is left out.
   *
   * @throws ConvoyException of kind DATA when there is none
   */
  public Found at(String place) {
    Optional<FileStore.Entry> entry = StoredFile.find(files, place);
    if (entry.isPresent() && !entry.get().directory()) {
      return new Found(List.of(entry.get()), List.of());
    }
    List<FileStore.Entry> found = entry.map(List::of).orElseGet(() -> matches(place));
    if (found.isEmpty()) {
      throw ConvoyException.data(
          "%s: there is nothing of that name: name an image, a folder or a glob such as"
              + " 'photos/*.jpg'",
          place);
    }
    return among(place, found);
  }

  /**
   * What a glob finds; nothing where the place is none.
   *
   * @throws ConvoyException of kind RESOURCE when a store fails
   */
  public List<FileStore.Entry> matches(String place) {
    if (place.chars().noneMatch(letter -> GLOB.indexOf(letter) >= 0)) {
      return List.of();
    }
    Path path = HadoopPaths.parse(place);
    try {
      FileStatus[] found =
          HadoopPaths.fileSystem(path, files.configuration())
              .globStatus(path, each -> !each.getName().startsWith("."));
      return Arrays.stream(found == null ? new FileStatus[0] : found)
          .map(status -> StoredFile.find(files, status.getPath().toString()).orElseThrow())
          .toList();
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s: cannot be looked for: %s".formatted(place, StoreFolder.reason(e)),
          e);
    }
  }

  /**
   * The images among files and in folders.
   *
   * @param place where they were found, for messages
   * @throws ConvoyException of kind DATA when there is none
   */
  public Found among(String place, List<FileStore.Entry> found) {
    LeftOut leftOut = new LeftOut();
    List<FileStore.Entry> images = new ArrayList<>();
    for (FileStore.Entry entry : found) {
      if (entry.directory()) {
        Iterator<FolderWalk.Found> inside = FolderWalk.from(files, entry.path()).files("", leftOut);
        inside.forEachRemaining(file -> add(file.entry(), images, leftOut));
      } else if (LeftOut.Reason.of(entry).isPresent()) {
        leftOut.takes(entry, "");
      } else {
        add(entry, images, leftOut);
      }
    }
    List<String> notes = leftOut.inWords(place);
    if (images.isEmpty()) {
      throw ConvoyException.data(
          "%s: there is no image in it%s", place, notes.isEmpty() ? "" : "; " + notes.get(0));
    }
    return new Found(images, notes);
  }

  private void add(FileStore.Entry entry, List<FileStore.Entry> images, LeftOut leftOut) {
    if (!leftOut.takes(ImageName.of(files, entry), entry.path())) {
      images.add(entry);
    }
  }
}
