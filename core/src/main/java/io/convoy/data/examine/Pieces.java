package io.convoy.data.examine;

import io.convoy.data.FileDataSet.StoredImage;
import java.util.ArrayList;
import java.util.List;

/** Cuts images into pieces of work. */
public final class Pieces {
  private Pieces() {}

  /**
   * So many images each, the last one what is left. Rows of one row group stay together, since it
   * is read as a whole.
   *
   * @param images in the order of their set
   * @param size at least 1
   */
  public static List<List<StoredImage>> of(List<StoredImage> images, int size) {
    List<List<StoredImage>> pieces = new ArrayList<>();
    int from = 0;
    for (int end = 1; end <= images.size(); end++) {
      boolean last = end == images.size();
      if (last || (end - from >= size && !together(images.get(end - 1), images.get(end)))) {
        pieces.add(images.subList(from, end));
        from = end;
      }
    }
    return pieces;
  }

  private static boolean together(StoredImage image, StoredImage next) {
    return image.row() != null && next.row() != null && image.row().isBeside(next.row());
  }
}
