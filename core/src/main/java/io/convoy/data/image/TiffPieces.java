package io.convoy.data.image;

import java.util.Set;

/**
 * Where the pixels of a TIFF lie: in strips, which are as wide as the image, or in tiles, whose
 * last ones reach over its edge. Pieces go from left to right, then down, then plane by plane.
 *
 * @param imageHeight in pixels, of which the last strip has the rest
 * @param height of a piece, in pixels
 * @param width of a piece, in pixels
 */
record TiffPieces(
    FileBytes file,
    boolean tiles,
    int imageHeight,
    int height,
    int width,
    int across,
    int down,
    long[] offsets,
    long[] lengths) {
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_ROWS = 278;
  private static final int STRIP_LENGTHS = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_LENGTHS = 325;

  /** In pixels, where the image is small. */
  private static final long LARGEST_TILE = 1 << 22;

  /** The tags that tell it. */
  static Set<Integer> tags(TiffDirectory directory) {
    return directory.has(TILE_OFFSETS)
        ? Set.of(TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_LENGTHS)
        : Set.of(STRIP_OFFSETS, STRIP_ROWS, STRIP_LENGTHS);
  }

  static TiffPieces of(TiffDirectory directory, int height, int width) {
    FileBytes file = directory.file();
    boolean tiles = directory.has(TILE_OFFSETS);
    int pieceWidth = tiles ? directory.size(TILE_WIDTH) : width;
    int pieceHeight =
        tiles
            ? directory.size(TILE_HEIGHT)
            : (int) Math.min(height, directory.number(STRIP_ROWS, height));
    if (pieceHeight < 1
        || (long) pieceHeight * pieceWidth > Math.max(LARGEST_TILE, (long) height * width)) {
      throw file.damaged("pieces of %sx%s pixels".formatted(pieceHeight, pieceWidth));
    }
    return new TiffPieces(
        file,
        tiles,
        height,
        pieceHeight,
        pieceWidth,
        (int) (((long) width + pieceWidth - 1) / pieceWidth),
        (int) (((long) height + pieceHeight - 1) / pieceHeight),
        directory.numbers(tiles ? TILE_OFFSETS : STRIP_OFFSETS),
        directory.numbers(tiles ? TILE_LENGTHS : STRIP_LENGTHS));
  }

  /**
   * Sees to it that there are as many pieces as pixels need, and that each lies in the file and can
   * hold its pixels by its length.
   *
   * @param bits of a pixel in a plane
   * @param ratio how many bytes one byte can become
   */
  void require(int planes, int bits, int ratio) {
    // both factors are below 2^31: no overflow before the planes, which are few
    long perPlane = (long) across * down;
    if (offsets.length / planes != perPlane
        || offsets.length % planes != 0
        || lengths.length != offsets.length) {
      throw file.damaged(
          "%s offsets and %s lengths for %s pieces in each of %s planes"
              .formatted(offsets.length, lengths.length, perPlane, planes));
    }
    for (int i = 0; i < offsets.length; i++) {
      file.require(offsets[i], lengths[i]);
      int top = i / across % down * height;
      long rows = tiles ? height : Math.min(height, imageHeight - top);
      long needed = ((long) width * bits + 7) / 8 * rows;
      if (lengths[i] == 0 || needed / ratio > lengths[i]) {
        throw file.damaged(
            "the %s bytes of piece %s cannot hold its pixels".formatted(lengths[i], i));
      }
    }
  }
}
