package io.convoy.data.image;

/**
 * Where the pixels of a TIFF lie: in strips, which are as wide as the image, or in tiles, whose
 * last ones reach over its edge. Pieces go from left to right, then down, then plane by plane.
 *
 * @param height of a piece, in pixels
 * @param width of a piece, in pixels
 * @param offsets in the file
 * @param bytes stored
 */
record TiffPieces(
    boolean tiles, int height, int width, int across, int down, long[] offsets, long[] bytes) {}
