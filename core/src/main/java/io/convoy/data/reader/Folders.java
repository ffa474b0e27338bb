package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.KeptPixels;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.Classes;
import io.convoy.data.folder.FolderLayout;
import io.convoy.data.folder.FolderListing;
import io.convoy.data.folder.ImageName;
import io.convoy.data.folder.LeftOut;
import io.convoy.data.image.ImageFormat;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images by class, {@code train/CLASS/*.jpg} and {@code test/CLASS/*.jpg}; the second may be
 * missing, or be called {@code val}, and a folder without either holds the classes itself: {@link
 * FolderDataSet}.
 */
public record Folders() implements DataFormat {
  /** Folders that are looked into for images: each look may be a question to a name node. */
  private static final int LOOKED_INTO = 5;

  @Override
  public DataSet training(FileStore files, String folder, Reading reading) {
    FolderLayout layout = FolderLayout.of(files, folder);
    return set(layout.training(), reading, false, layout.notes());
  }

  @Override
  public Optional<DataSet> test(FileStore files, String folder, Reading reading) {
    return FolderLayout.of(files, folder).test().map(test -> set(test, reading, true, List.of()));
  }

  @Override
  public Optional<DataSet> undivided(FileStore files, String folder, Reading reading) {
    return FolderLayout.isOneSet(files, folder)
        ? Optional.of(set(folder, reading, true, List.of()))
        : Optional.empty();
  }

  private static FolderDataSet set(
      String folder, Reading reading, boolean test, List<String> notes) {
    Classes classes = Classes.chosen(reading.classes(), test);
    return new FolderDataSet(folder, reading.channels(), 0, 0, false, classes, notes);
  }

  @Override
  public boolean takesClasses() {
    return true;
  }

  @Override
  public String contents() {
    return "images in one folder a class";
  }

  @Override
  public String expected() {
    return "train/CLASS/*.jpg and test/CLASS/*.jpg (" + ImageFormat.titles() + ")";
  }

  @Override
  public boolean isIn(FileStore files, String folder) {
    try {
      FolderLayout layout = FolderLayout.of(files, folder);
      return !layout.training().equals(folder) || holdsClasses(files, folder);
    } catch (ConvoyException e) {
      if (e.kind() == ConvoyException.Kind.DATA) {
        return false;
      }
      throw e;
    }
  }

  /** Any folder has folders: at least two with images in them make a set. */
  private static boolean holdsClasses(FileStore files, String folder) {
    return StoredFile.list(files, folder).stream()
            .filter(entry -> entry.directory() && LeftOut.Reason.of(entry).isEmpty())
            .limit(LOOKED_INTO)
            .filter(
                entry ->
                    StoredFile.list(files, entry.path()).stream()
                        .anyMatch(file -> ImageName.of(file.name()) == ImageName.IMAGE))
            .limit(2)
            .count()
        == 2;
  }

  @Override
  public boolean decodes() {
    return true;
  }

  @Override
  public boolean isExamined() {
    return true;
  }

  @Override
  public long memory(FileStore files, String folder, Reading reading, Shape image) {
    FolderLayout layout = FolderLayout.of(files, folder);
    return Stream.concat(Stream.of(layout.training()), layout.test().stream())
        .mapToLong(set -> decoded(files, set, reading, image))
        .sum();
  }

  /** The bytes of a set's images; of one that is too large to be kept, none is. */
  static long decoded(FileStore files, String set, Reading reading, Shape image) {
    Classes classes = Classes.chosen(reading.classes(), true);
    long images =
        FolderListing.of(files, set, classes).images().values().stream()
            .mapToLong(List::size)
            .sum();
    long bytes = image.elements() * images;
    return bytes > KeptPixels.LIMIT ? 0 : bytes;
  }
}
