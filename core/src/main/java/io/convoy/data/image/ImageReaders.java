package io.convoy.data.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.convoy.data.image.jpeg.JpegDecoder;
import io.convoy.data.raster.Planes;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * What a decoder reads files with, made when it is first needed: our own for JPEG, and readers of
 * other houses. Those do wrong on damaged bytes: they throw anything, or warn and make up the rest.
 * Not for several threads at once.
 */
final class ImageReaders implements AutoCloseable {
  /** A reader that another house keeps. */
  enum Library {
    PNG,
    BMP,
    GIF,
    TIFF,
    WEBP
  }

  /** What is done with a reader. */
  interface Decoding<T> {
    T run(ImageReader reader) throws IOException;
  }

  private final Map<Library, ImageReader> readers = new EnumMap<>(Library.class);
  private final Planes planes = new Planes();
  private final Planes turned = new Planes();
  private JpegDecoder jpeg;
  private String warning;

  /** Our own decoder. */
  JpegDecoder jpeg() {
    if (jpeg == null) {
      jpeg = new JpegDecoder(KernelProvider.kernels().jpeg());
    }
    return jpeg;
  }

  /** Room for what it decodes. */
  Planes planes() {
    return planes;
  }

  /** Room for the same, turned upright. */
  Planes turned() {
    return turned;
  }

  /**
   * Reads an image from memory.
   *
   * @throws ConvoyException of kind DATA where the reader fails, or warns of damage
   */
  <T> T read(Library library, byte[] bytes, String name, Decoding<T> decoding) {
    return read(library, new ByteArrayImageInputStream(bytes), name, decoding);
  }

  /** As the other one; the stream is closed. */
  <T> T read(Library library, ImageInputStream input, String name, Decoding<T> decoding) {
    ImageReader reader = readers.computeIfAbsent(library, this::create);
    warning = null;
    try (input) {
      reader.setInput(input, true, true);
      T result = decoding.run(reader);
      reader.setInput(null);
      if (warning != null) {
        throw damaged(name, warning, null);
      }
      return result;
    } catch (ConvoyException e) {
      close();
      throw e;
    } catch (IOException | RuntimeException | AssertionError e) {
      // readers throw anything on damaged bytes, and the bytes are in memory: no store has failed.
      // A reader that failed may be in any state; the next image gets a fresh one
      close();
      throw damaged(name, reason(e), e);
    }
  }

  /** The reader must see the image that was checked, whatever else lies in the file. */
  static void checkSize(String name, ImageReader reader, int height, int width) throws IOException {
    if (reader.getHeight(0) != height || reader.getWidth(0) != width) {
      throw damaged(
          name,
          "its headers contradict each other: %sx%s and %sx%s pixels"
              .formatted(height, width, reader.getHeight(0), reader.getWidth(0)),
          null);
    }
  }

  private ImageReader create(Library library) {
    ImageReader reader =
        switch (library) {
          case PNG -> ImageCodecs.png();
          case BMP -> ImageCodecs.bmp();
          case GIF -> ImageCodecs.gif();
          case TIFF -> ImageCodecs.tiff();
          case WEBP -> ImageCodecs.webp();
        };
    reader.addIIOReadWarningListener(
        (source, text) -> {
          if (warning == null && ImageCodecs.meansDamage(text)) {
            warning = text;
          }
        });
    return reader;
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().lines().findFirst().orElse("");
  }

  private static ConvoyException damaged(String name, String reason, Throwable cause) {
    return new ConvoyException(
        ConvoyException.Kind.DATA,
        "%s: the image is damaged or of a kind that is not read (%s): replace it or take it out of"
                .formatted(name, reason)
            + " the folder",
        cause);
  }

  /** Gives back the readers' native memory; they are made anew where they are needed again. */
  @Override
  public void close() {
    readers.values().forEach(ImageReader::dispose);
    readers.clear();
  }
}
