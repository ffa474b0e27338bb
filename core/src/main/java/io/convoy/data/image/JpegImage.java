package io.convoy.data.image;

/** A JPEG, decoded by the JDK's reader. */
record JpegImage(JpegFile file, String name) implements ImageFile {
  @Override
  public int height() {
    return file.height();
  }

  @Override
  public int width() {
    return file.width();
  }

  @Override
  public Orientation orientation() {
    return file.orientation();
  }

  @Override
  public Samples decode(ImageReaders readers) {
    Components components =
        readers.read(
            ImageReaders.Library.JPEG,
            file.critical(),
            name,
            reader -> {
              ImageReaders.checkSize(name, reader, file.height(), file.width());
              return Components.of(reader.readRaster(0, null), file.components());
            });
    return new Samples(components, file.colours(), Samples.Alpha.NONE);
  }
}
