package io.convoy.data.reader;

import io.convoy.data.FileDataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.KeptPixels;
import io.convoy.data.LabelSets;
import io.convoy.data.PackedOrder;
import io.convoy.data.SampleSource;
import io.convoy.data.folder.ClassFolders;
import io.convoy.data.folder.Classes;
import io.convoy.data.folder.FolderListing;
import io.convoy.data.folder.FolderSurvey;
import io.convoy.data.folder.FolderWalk;
import io.convoy.data.folder.ImageName;
import io.convoy.data.folder.LeftOut;
import io.convoy.data.image.Background;
import io.convoy.data.image.ImageDecoder;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Images in one folder a class: {@code FOLDER/<class>/<name>.jpg}, or in folders below that. A file
 * is taken for an image by the ending of its name, in letters of any size, or, where nobody knows
 * the ending, by its first bytes.
 *
 * <p>Classes are the sub-folders in the order of their names, samples go by class folder and then
 * by their name below it (both in code units; {@code a/b.jpg} is one name). Links are followed.
 * What systems drop into folders, hidden files, what is no image and plain files beside the class
 * folders are left out; the source says which.
 *
 * @param folder the folder of the class folders
 * @param channels 1 for grey, 3 for RGB; images of the other kind are converted (see {@link
 *     ImageDecoder#decode})
 * @param height the height of every image in pixels; 0 together with {@code width} for that of the
 *     first image
 * @param width the width of every image in pixels
 * @param anySize whether images may have any size, each its own; height and width are then 0
 * @param classes which of the folders are read, and as which label
 * @param notes what a user may not expect of how the folder was found; most often none
 * @param background what is seen where an image is transparent
 * @param order of a pack, in which the samples go; null for that of their names
 */
public record FolderDataSet(
    String folder,
    int channels,
    int height,
    int width,
    boolean anySize,
    Classes classes,
    List<String> notes,
    Background background,
    PackedOrder order)
    implements FileDataSet {
  private static final long serialVersionUID = 1L;

  public FolderDataSet {
    if (channels != 1 && channels != 3) {
      throw ConvoyException.usage("images have 1 channel (grey) or 3 (RGB); got %d", channels);
    }
    boolean given = height >= 1 && width >= 1;
    boolean fromFirstImage = height == 0 && width == 0;
    if (anySize ? !fromFirstImage : !given && !fromFirstImage) {
      throw ConvoyException.usage(
          "height and width are both at least 1, or both 0 to take them from the first image; got"
              + " %dx%d",
          height, width);
    }
    notes = Collections.unmodifiableList(new ArrayList<>(notes));
  }

  /** All images, over white, in the order of their names. */
  FolderDataSet(
      String folder,
      int channels,
      int height,
      int width,
      boolean anySize,
      Classes classes,
      List<String> notes) {
    this(folder, channels, height, width, anySize, classes, notes, Background.WHITE, null);
  }

  /** A folder whose folders are the classes. */
  public FolderDataSet(String folder, int channels, int height, int width) {
    this(folder, channels, height, width, false, Classes.FOUND, List.of());
  }

  /** A folder whose first image gives the size. */
  public FolderDataSet(String folder, int channels) {
    this(folder, channels, 0, 0);
  }

  @Override
  public FolderDataSet labelledAs(List<String> names) {
    Classes named = classes.ofTraining(names);
    return new FolderDataSet(
        folder, channels, height, width, anySize, named, notes, background, order);
  }

  @Override
  public FolderDataSet ofAnySize() {
    return new FolderDataSet(folder, channels, 0, 0, true, classes, notes, background, order);
  }

  @Override
  public FolderDataSet over(Background other) {
    return new FolderDataSet(
        folder, channels, height, width, anySize, classes, notes, other, order);
  }

  @Override
  public FolderDataSet inOrderOf(PackedOrder other) {
    return new FolderDataSet(
        folder, channels, height, width, anySize, classes, notes, background, other);
  }

  @Override
  public List<StoredImage> images(FileStore files) {
    return ofAnyClasses().survey(files).samples();
  }

  /** Whether each class has an image is asked when the set is opened. */
  FolderDataSet ofAnyClasses() {
    Classes any = classes.notNeeded();
    return new FolderDataSet(
        folder, channels, height, width, anySize, any, notes, background, order);
  }

  @Override
  public SampleSource open(FileStore files) {
    return open(files, FileDigests.NONE);
  }

  @Override
  public SampleSource open(FileStore files, FileDigests known) {
    return open(files, known, KeptPixels.LIMIT);
  }

  SampleSource open(FileStore files, FileDigests known, long cacheLimit) {
    return new FolderSource(this, files, survey(files), known, cacheLimit);
  }

  private LabelledImages survey(FileStore files) {
    FolderListing listing = FolderListing.of(files, folder, classes);
    requireLevel(listing);
    List<StoredImage> samples = new ArrayList<>();
    listing.images().forEach((name, found) -> addClass(files, listing, name, samples));
    requireClasses(listing, samples);
    List<String> told = new ArrayList<>(notes);
    told.addAll(listing.leftOut().inWords(folder));
    List<String> names = listing.labels().names();
    return new LabelledImages(folder, names, LabelSets.SINGLE, classes.allNeeded(), samples, told)
        .inOrderOf(order);
  }

  @Override
  public String version(FileStore files) {
    return FolderListing.of(files, folder, classes).version();
  }

  private void requireLevel(FolderListing listing) {
    if (!classes.areFound() || listing.images().size() != 1) {
      return;
    }
    String only = listing.labels().names().get(0);
    List<String> below =
        listing.images().get(only).stream()
            .map(found -> found.name().substring(0, Math.max(0, found.name().indexOf('/'))))
            .distinct()
            .toList();
    ClassFolders.requireLevel(folder, only, below);
  }

  private void addClass(
      FileStore files, FolderListing listing, String name, List<StoredImage> samples) {
    int label = listing.labels().require(folder, name);
    List<FolderWalk.Found> found = listing.images().get(name);
    int before = samples.size();
    for (FolderWalk.Found file : found) {
      FileStore.Entry entry = file.entry();
      String told = name + "/" + file.name();
      if (!listing.leftOut().takes(ImageName.of(files, entry), told)) {
        samples.add(StoredImage.of(entry, told, label));
      }
    }
    if (samples.size() == before && classes.allNeeded()) {
      throw ConvoyException.data(
          "%s/%s: the class folder has no image; every class needs one: fill it, or take it away;"
              + " it holds %s",
          folder, name, FolderSurvey.some(found.stream().map(FolderWalk.Found::name).toList()));
    }
  }

  private void requireClasses(FolderListing listing, List<StoredImage> samples) {
    classes.requireFolders(
        folder, listing.images().keySet(), listing.leftOut().named(LeftOut.Reason.NOT_LISTED));
    if (samples.isEmpty()) {
      throw ClassFolders.noImage(folder, List.copyOf(listing.images().keySet()));
    }
  }
}
