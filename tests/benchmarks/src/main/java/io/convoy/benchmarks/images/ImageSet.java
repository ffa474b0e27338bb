package io.convoy.benchmarks.images;

import io.convoy.data.raster.Crop;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Photographs in memory.
 *
 * @param folder where they are from
 * @param files the bytes of the JPEG files, in the order of their names
 */
record ImageSet(Path folder, List<byte[]> files) {
  /** Side of what crops are resized to. */
  static final int SIDE = 224;

  /**
   * Reads the JPEG files of a folder.
   *
   * @throws ConvoyException when it has none, or cannot be read
   */
  static ImageSet of(Path folder) {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> listed = Files.list(folder)) {
      for (Path file : (Iterable<Path>) listed.sorted()::iterator) {
        if (file.toString().endsWith(".jpg")) {
          files.add(Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new ConvoyException(ConvoyException.Kind.RESOURCE, "cannot read " + e.getMessage(), e);
    }
    if (files.isEmpty()) {
      throw ConvoyException.usage("%s holds no .jpg files", folder);
    }
    return new ImageSet(folder, files);
  }

  /**
   * A part of an image, between 8 % and all of its area, anywhere: whole numbers, since pillow.py
   * chooses the same.
   */
  static Crop crop(int index, int height, int width) {
    long mixed = (index + 1) * 2654435761L & 0xFFFFFFFFL;
    long percent = 29 + mixed % 72;
    int rows = (int) Math.max(1, height * percent / 100);
    int columns = (int) Math.max(1, width * percent / 100);
    int top = (int) ((height - rows) * (mixed >> 8 & 255) / 255);
    int left = (int) ((width - columns) * (mixed >> 16 & 255) / 255);
    return new Crop(top, left, rows, columns);
  }
}
