package io.convoy.data.reader;

import io.convoy.data.LocalFiles;
import io.convoy.data.ReadImages;
import io.convoy.data.SampleSource;
import io.convoy.data.image.EncodedImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of images, each of one grey, by which it is told in what was read. */
record ImageFolder(Path path) {
  private static final int SIDE = 3;

  /** The bytes of a PNG. */
  static byte[] png(int grey) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.getRaster().setSample(i % SIDE, i / SIDE, 0, grey);
    }
    return EncodedImages.encode(image, "png");
  }

  /** Writes a PNG, whatever its name says. */
  Path write(String name, int grey) throws IOException {
    return put(name, png(grey));
  }

  /** Writes what is no image. */
  Path put(String name, byte[] bytes) throws IOException {
    Path file = path.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /** The samples of a set, as {@code class:grey}, in their order. */
  static List<String> samples(SampleSource source) {
    List<String> samples = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      String name = source.classes().get(source.label(i));
      samples.add(name + ":" + (ReadImages.bytes(source, i)[0] & 0xFF));
    }
    return samples;
  }

  /** Opens the folder as one set of class folders. */
  SampleSource open() {
    return new FolderDataSet(path.toString(), 1).open(new LocalFiles());
  }
}
