package io.convoy.data.examine;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.StoredContents;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.ImageFormat;
import io.convoy.data.image.Pixels;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * Looks at images: reads each as a whole, and decodes it. A store that fails is asked again, and is
 * then an error: it never makes a file a damaged one.
 *
 * <p>Not for several threads at once: each has its own.
 */
public final class ImageExaminer implements AutoCloseable {
  private static final int ATTEMPTS = 4;
  private static final long FIRST_WAIT_MILLIS = 50;
  private static final int CHANNELS = 3;

  private final StoredContents contents;
  private final ImageDecoder decoder = new ImageDecoder();
  private final Pixels pixels = new Pixels();

  /**
   * @param contents how the images are read
   */
  public ImageExaminer(StoredContents contents) {
    this.contents = contents;
  }

  /**
   * Looks at an image.
   *
   * @throws ConvoyException when it cannot be read, or is not as long as it was when it was listed
   */
  public Examined examine(StoredImage file) {
    byte[] bytes = read(file);
    if (file.row() == null && bytes.length != file.length()) {
      throw ConvoyException.resource(
          "%s: it had %d bytes when it was listed, now it has %d: is it still being written?",
          file.path(), file.length(), bytes.length);
    }
    String sha256 = HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    ImageFormat format = ImageFormat.of(bytes).orElse(null);
    String damage = decode(bytes, file.path());
    boolean whole = damage == null;
    return new Examined(
        file.path(),
        file.length(),
        file.modified(),
        sha256,
        format,
        whole ? pixels.shape().height() : 0,
        whole ? pixels.shape().width() : 0,
        whole ? decoder.extraneousBytes() : 0,
        whole && decoder.lacksScans(),
        damage);
  }

  /** Decodes all of an image; returns what is wrong with its bytes, or null. */
  private String decode(byte[] bytes, String path) {
    try {
      decoder.decode(bytes, path, CHANNELS, Framing.STORED, pixels);
      return null;
    } catch (ConvoyException e) {
      if (e.kind() != ConvoyException.Kind.DATA) {
        throw e;
      }
      String prefix = path + ": ";
      String message = e.getMessage();
      return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
  }

  private byte[] read(StoredImage image) {
    long wait = FIRST_WAIT_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        return contents.read(image);
      } catch (ConvoyException e) {
        if (attempt == ATTEMPTS || !mayPass(e)) {
          throw e;
        }
      }
      pause(wait);
      wait *= 4;
    }
  }

  /** A right that lacks, and a file that is gone, stay so. */
  private static boolean mayPass(ConvoyException error) {
    return error.kind() == ConvoyException.Kind.RESOURCE
        && error.getCause() instanceof IOException cause
        && !(cause instanceof AccessDeniedException);
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while images were examined");
    }
  }

  @Override
  public void close() {
    decoder.close();
  }
}
