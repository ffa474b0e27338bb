package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.augment.Resizing;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.Framing;
import io.convoy.data.reader.DataFormat;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Extent;
import io.convoy.tensor.Shape;
import java.io.IOException;

/**
 * Where the images are, how they are stored, and to which size they are brought.
 *
 * @param format how they are stored
 * @param path the folder; null where the command line names it
 * @param channels for formats that leave it open: 1 (grey) or 3 (RGB), by default what the
 *     network's input has
 * @param size what images are brought to, that of the network's input; null where they all have it
 * @param resizeShorter what the shorter side is resized to before the middle of {@code size} is cut
 *     out, at least {@code size}; null for {@link Resizing#usualShorter}
 * @param stretch whether the whole image is resized to {@code size} instead, whatever its shape
 * @param decode the scale at which images are decoded
 */
public record DataOptions(
    DataFormat format,
    String path,
    Integer channels,
    @JsonInclude(JsonInclude.Include.NON_NULL) Extent size,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer resizeShorter,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stretch,
    @JsonInclude(JsonInclude.Include.NON_NULL) DecodeScale decode) {
  public DataOptions {
    if (format == null) {
      throw ConvoyException.usage("data.format is missing: one of %s", DataFormat.names());
    }
    if (channels != null && channels != 1 && channels != 3) {
      throw ConvoyException.usage("data.channels must be 1 or 3; got %d", channels);
    }
    if (resizeShorter != null && resizeShorter < 1) {
      throw ConvoyException.usage("data.resizeShorter must be at least 1; got %d", resizeShorter);
    }
    refuseWithoutSize(size, resizeShorter != null, "resizeShorter");
    refuseWithoutSize(size, stretch, "stretch");
    refuseWithoutSize(size, decode != null, "decode");
    if (stretch && resizeShorter != null) {
      throw ConvoyException.usage(
          "data.stretch resizes all of an image, data.resizeShorter=%d its shorter side before the"
              + " middle is cut out: give one of them",
          resizeShorter);
    }
    if (size != null) {
      resizing(size, resizeShorter, stretch, decode); // which checks them
    }
  }

  /** Of images that all have the network's input size. */
  public DataOptions(DataFormat format, String path, Integer channels) {
    this(format, path, channels, null, null, false, null);
  }

  /**
   * Images from the same place, brought to a network's input as the network was trained. A training
   * whose augmentation wanted a size had one, so nothing contradicts.
   */
  DataOptions withPreprocessing(Preprocessing given) {
    Preprocessing.Resize resize = given.resize();
    return new DataOptions(
        format,
        path,
        given.channels(),
        given.size(),
        resize == null ? null : resize.resizeShorter(),
        resize != null && resize.resizeShorter() == null,
        resize == null ? null : resize.decode());
  }

  private static void refuseWithoutSize(Extent size, boolean given, String key) {
    if (given && size == null) {
      throw ConvoyException.usage(
          "data.%s goes with data.size: say to which size images are brought, such as size: 224",
          key);
    }
  }

  /** The training set under a folder. */
  public DataSet training(FileStore files, String folder, int inputChannels) {
    return sized(format.training(files, folder, channelsOr(inputChannels)));
  }

  /** The test set under a folder. */
  public DataSet test(FileStore files, String folder, int inputChannels) {
    return sized(format.test(files, folder, channelsOr(inputChannels)));
  }

  private DataSet sized(DataSet set) {
    return size == null ? set : set.ofAnySize();
  }

  private int channelsOr(int inputChannels) {
    return channels == null ? inputChannels : channels;
  }

  /** How images are brought to their size; null where they all have it. */
  public Resizing resizing() {
    return size == null ? null : resizing(size, resizeShorter, stretch, decode);
  }

  private static Resizing resizing(
      Extent size, Integer resizeShorter, boolean stretch, DecodeScale decode) {
    int usual = Resizing.usualShorter(Math.max(size.height(), size.width()));
    int shorter = resizeShorter == null ? usual : resizeShorter;
    return new Resizing(
        size.height(),
        size.width(),
        stretch ? 0 : shorter,
        decode == null ? DecodeScale.FULL : decode);
  }

  /**
   * Bytes that images of any size take while they are decoded, beside their samples.
   *
   * @param imageChannels of the network's input
   * @param threads that compute; as many read ahead
   * @return 0 where images have the network's input size
   */
  public long decodingBytes(int imageChannels, int threads) {
    return size == null ? 0 : Resizing.decodingBytes(imageChannels, 2 * threads);
  }

  /**
   * The bytes that the images of both sets take in memory, as {@link DataFormat#memory} says; files
   * of images that may have any size are decoded each time.
   *
   * @throws IOException when the folder cannot be listed
   */
  public long memory(FileStore files, String folder, Shape input) throws IOException {
    return size != null && format.decodes() ? 0 : format.memory(files, folder, input);
  }

  /** What is made of each image to be evaluated, or to be measured. */
  public Framing evaluation() {
    return size == null ? Framing.STORED : resizing().evaluation();
  }
}
