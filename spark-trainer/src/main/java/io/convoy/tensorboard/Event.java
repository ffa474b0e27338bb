package io.convoy.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A record of an event file: TensorBoard's {@code Event} message in the frame of a TFRecord.
 *
 * <pre>{@code
 * length of the message  8 bytes, little-endian
 * its checksum           4 bytes: CRC-32C of the length, masked
 * the message
 * its checksum           4 bytes: CRC-32C of the message, masked
 *
 * masked: ((sum >>> 15) | (sum << 17)) + 0xa282ead8
 * }</pre>
 *
 * <p>Source: event.proto, summary.proto and histogram.proto of TensorBoard; tfrecord in
 * TensorFlow's guide. Numbers below are those of the messages' fields.
 */
final class Event {
  private static final int MASK = 0xa282ead8;

  /** The version of the format: from this one on, a restart is told and not guessed. */
  private static final String FILE_VERSION = "brain.Event:2";

  private static final int SESSION_STARTED = 1;

  /** The number of a colour space. */
  private static final int RGB = 3;

  /** Bytes of a buffer: most messages are small, and there are a dozen of each step. */
  private static final int BUFFER = 256;

  private final long step;
  private final byte[] record;

  private Event(long step, byte[] record) {
    this.step = step;
    this.record = record;
  }

  /** What an event is about. */
  @FunctionalInterface
  private interface Content {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /**
   * The first event of a file.
   *
   * @param seconds the time, since 1970; so below
   */
  static Event version(double seconds) {
    return of(seconds, 0, out -> out.writeString(3, FILE_VERSION));
  }

  /** Says that whatever files before have of this step, or of later ones, is void. */
  static Event restart(double seconds, long step) {
    byte[] log = message(out -> out.writeEnum(1, SESSION_STARTED));
    return of(seconds, step, out -> out.writeByteArray(7, log));
  }

  /** One point for each curve. */
  static Event scalars(double seconds, long step, Map<String, Double> values) {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, Double> value : values.entrySet()) {
                writeValue(
                    out,
                    value.getKey(),
                    point -> point.writeFloat(2, value.getValue().floatValue()));
              }
            });
    return of(seconds, step, out -> out.writeByteArray(5, summary));
  }

  /** A histogram for each array. */
  static Event histograms(double seconds, long step, Map<String, Histogram> histograms) {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, Histogram> value : histograms.entrySet()) {
                byte[] histogram = message(bytes -> write(value.getValue(), bytes));
                writeValue(out, value.getKey(), bytes -> bytes.writeByteArray(5, histogram));
              }
            });
    return of(seconds, step, out -> out.writeByteArray(5, summary));
  }

  /** Pictures. */
  static Event pictures(double seconds, long step, Map<String, EncodedPicture> pictures) {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, EncodedPicture> value : pictures.entrySet()) {
                byte[] picture = message(bytes -> write(value.getValue(), bytes));
                writeValue(out, value.getKey(), bytes -> bytes.writeByteArray(4, picture));
              }
            });
    return of(seconds, step, out -> out.writeByteArray(5, summary));
  }

  private static void writeValue(CodedOutputStream out, String tag, Content content)
      throws IOException {
    out.writeByteArray(
        1,
        message(
            value -> {
              value.writeString(1, tag);
              content.writeTo(value);
            }));
  }

  private static void write(Histogram histogram, CodedOutputStream out) throws IOException {
    out.writeDouble(1, histogram.min());
    out.writeDouble(2, histogram.max());
    out.writeDouble(3, histogram.number());
    out.writeDouble(4, histogram.sum());
    out.writeDouble(5, histogram.squares());
    out.writeByteArray(6, packed(histogram.limits()));
    out.writeByteArray(7, packed(histogram.counts()));
  }

  private static void write(EncodedPicture picture, CodedOutputStream out) throws IOException {
    out.writeInt32(1, picture.height());
    out.writeInt32(2, picture.width());
    out.writeInt32(3, RGB);
    out.writeByteArray(4, picture.file());
  }

  private static byte[] packed(double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  private static Event of(double seconds, long step, Content content) {
    byte[] message =
        message(
            out -> {
              out.writeDouble(1, seconds);
              out.writeInt64(2, step);
              content.writeTo(out);
            });
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + message.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(message.length);
    record.putInt(masked(record.array(), 0, Long.BYTES));
    record.put(message);
    record.putInt(masked(message, 0, message.length));
    return new Event(step, record.array());
  }

  private static byte[] message(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER);
    try {
      content.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory takes all bytes", e);
    }
    return bytes.toByteArray();
  }

  private static int masked(byte[] bytes, int offset, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, offset, length);
    return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
  }

  long step() {
    return step;
  }

  /** The record, as it stands in a file. */
  byte[] record() {
    return record;
  }
}
