package io.convoy.format;

import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.format.SafetensorsHeader.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Reads the floats of a safetensors file from a stream: first the header, which is checked against
 * the file's length before memory is taken for it, then the data, into arrays of the caller's.
 */
public final class SafetensorsReader {
  private final InputStream in;
  private final String file;
  private final SafetensorsHeader header;

  private SafetensorsReader(InputStream in, String file, SafetensorsHeader header) {
    this.in = in;
    this.file = file;
    this.header = header;
  }

  /**
   * Reads and checks the header.
   *
   * @param in the file from its first byte; the caller closes it
   * @param length bytes of the file
   * @param file the file's name, for messages
   * @throws ConvoyException of kind DATA when the file breaks a rule of the format; the message
   *     names the file, the tensor, the rule and the values
   */
  public static SafetensorsReader open(InputStream in, long length, String file)
      throws IOException {
    int headerLength = headerLength(in, length, file);
    byte[] json = in.readNBytes(headerLength);
    if (json.length < headerLength) {
      throw cutShort(file, length);
    }
    long dataLength = length - SafetensorsHeader.PREFIX - headerLength;
    return new SafetensorsReader(in, file, SafetensorsParser.parse(json, dataLength, file));
  }

  private static int headerLength(InputStream in, long length, String file) throws IOException {
    if (length < SafetensorsHeader.PREFIX) {
      throw ConvoyException.data(
          "%s: a safetensors file has at least %d bytes; got %d",
          file, SafetensorsHeader.PREFIX, length);
    }
    byte[] prefix = in.readNBytes(SafetensorsHeader.PREFIX);
    if (prefix.length < SafetensorsHeader.PREFIX) {
      throw cutShort(file, length);
    }
    long claimed = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long limit = Math.min(SafetensorsHeader.MAX_BYTES, length - SafetensorsHeader.PREFIX);
    if (claimed < 0 || claimed > limit) {
      throw ConvoyException.data(
          "%s: the safetensors header must fit into the file of %d bytes and into %d bytes; it"
              + " claims %s",
          file, length, SafetensorsHeader.MAX_BYTES, Long.toUnsignedString(claimed));
    }
    return (int) claimed;
  }

  /** What the file holds, in the order of its data. */
  public SafetensorsHeader header() {
    return header;
  }

  /**
   * Reads the data section, once, up to the end of the file.
   *
   * @param into a slice for each tensor of {@link #header()}, in its order, with its name and shape
   * @return SHA-256 of the data section, in hexadecimal
   * @throws ConvoyException of kind DATA when the stream ends early or goes on beyond the length
   * @throws IllegalArgumentException when the slices are not those of the header
   */
  public String read(List<TensorSlice> into) throws IOException {
    requireSame(into);
    return readSome(into.stream().map(Optional::of).toList());
  }

  /**
   * The same, where some tensors are passed over and others become floats: F16 and BF16 exactly,
   * F64 rounded to the nearest.
   *
   * @param into for each tensor of {@link #header()}, in its order, where its elements go; empty
   *     where nobody wants it
   * @throws IllegalArgumentException when a slice has not as many elements as its tensor, or the
   *     tensor is not of a floating type
   */
  public String readSome(List<Optional<TensorSlice>> into) throws IOException {
    LittleEndianFloats floats = new LittleEndianFloats();
    MessageDigest digest = Sha256.digest();
    for (int i = 0; i < into.size(); i++) {
      Tensor tensor = header.tensors().get(i);
      try {
        if (into.get(i).isPresent()) {
          floats.read(in, digest, tensor.type(), room(tensor, into.get(i).get()));
        } else {
          floats.skip(in, digest, tensor.end() - tensor.begin());
        }
      } catch (EOFException e) {
        throw ConvoyException.data(
            "%s: the file ends within tensor %s; its header announces %d bytes of data",
            file, tensor.name(), header.dataLength());
      }
    }
    if (in.read() >= 0) {
      throw ConvoyException.data(
          "%s: the file goes on after its %d bytes of data", file, header.dataLength());
    }
    return Sha256.hex(digest);
  }

  private TensorSlice room(Tensor tensor, TensorSlice slice) {
    if (slice.shape().elements() != tensor.elements() || !tensor.type().isFloating()) {
      throw new IllegalArgumentException(
          "%s: %s of %s must be read into as many floats; got %s"
              .formatted(file, tensor.name(), tensor.type(), slice.shape()));
    }
    return slice;
  }

  private void requireSame(List<TensorSlice> into) {
    List<Tensor> tensors = header.tensors();
    boolean same = into.size() == tensors.size();
    for (int i = 0; same && i < tensors.size(); i++) {
      TensorSlice slice = into.get(i);
      Tensor tensor = tensors.get(i);
      same = slice.name().equals(tensor.name()) && tensor.isOf(slice.shape());
    }
    if (!same) {
      throw new IllegalArgumentException(
          "%s: the slices to fill must have the names and shapes of the header".formatted(file));
    }
  }

  private static ConvoyException cutShort(String file, long length) {
    return ConvoyException.data(
        "%s: the file ends within its header; it should have %d bytes", file, length);
  }
}
