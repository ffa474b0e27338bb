package io.convoy.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What TensorBoard shows of a run's event files, by the description of their formats alone: frames
 * of TFRecord with a CRC-32C from a table, messages as protobuf writes them.
 */
public final class ShownEvents {
  /** How readers treat steps that a driver wrote which was killed. */
  public enum Reader {
    /** TensorBoard's in Python: a restart voids its step and later ones, of all curves. */
    BY_RESTARTS,
    /** TensorBoard's in Rust: a point voids those of its curve that are not before it. */
    BY_STEPS
  }

  /**
   * A histogram.
   *
   * @param figures min, max, number, sum, sum of squares
   */
  public record Spread(double[] figures, double[] limits, double[] counts) {}

  /**
   * A picture.
   *
   * @param file as it was encoded
   */
  public record Picture(int height, int width, byte[] file) {}

  private static final int[] TABLE = new int[256];

  static {
    for (int n = 0; n < 256; n++) {
      int sum = n;
      for (int bit = 0; bit < 8; bit++) {
        sum = (sum & 1) != 0 ? (sum >>> 1) ^ 0x82f63b78 : sum >>> 1;
      }
      TABLE[n] = sum;
    }
  }

  private final Reader reader;
  private final Map<String, NavigableMap<Long, Float>> curves = new HashMap<>();
  private final Map<String, NavigableMap<Long, Spread>> spreads = new HashMap<>();
  private final Map<String, NavigableMap<Long, Picture>> pictures = new HashMap<>();
  private final List<Long> restarts = new ArrayList<>();
  private final List<Double> times = new ArrayList<>();

  private ShownEvents(Reader reader) {
    this.reader = reader;
  }

  /**
   * Reads files.
   *
   * @param files their bytes, in the order of their names
   */
  public static ShownEvents of(List<byte[]> files, Reader reader) {
    ShownEvents shown = new ShownEvents(reader);
    files.forEach(shown::file);
    return shown;
  }

  /** A curve's values by step; empty where there is none. */
  public NavigableMap<Long, Float> curve(String tag) {
    return curves.getOrDefault(tag, new TreeMap<>());
  }

  /** The names of all curves. */
  public List<String> curves() {
    return curves.keySet().stream().sorted().toList();
  }

  /** An array's histograms by step; empty where there is none. */
  public NavigableMap<Long, Spread> spread(String tag) {
    return spreads.getOrDefault(tag, new TreeMap<>());
  }

  /** The names of all histograms. */
  public List<String> spreads() {
    return spreads.keySet().stream().sorted().toList();
  }

  /** Pictures of a name by step; empty where there is none. */
  public NavigableMap<Long, Picture> pictures(String tag) {
    return pictures.getOrDefault(tag, new TreeMap<>());
  }

  /** The first step of each file. */
  public List<Long> restarts() {
    return restarts;
  }

  /** The time of each event, in seconds since 1970. */
  public List<Double> times() {
    return times;
  }

  /** Records up to the end, or to one that is cut short: its writer may be at it. */
  private void file(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean first = true;
    while (file.remaining() >= 12) {
      byte[] header = new byte[8];
      file.get(header);
      requireSum(file.getInt(), header);
      long length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (file.remaining() < length + 4) {
        return;
      }
      byte[] message = new byte[(int) length];
      file.get(message);
      requireSum(file.getInt(), message);
      event(message, first);
      first = false;
    }
  }

  private static void requireSum(int stored, byte[] bytes) {
    int sum = -1;
    for (byte next : bytes) {
      sum = TABLE[(sum ^ next) & 0xff] ^ (sum >>> 8);
    }
    sum = ~sum;
    int masked = ((sum >>> 15) | (sum << 17)) + 0xa282ead8;
    if (masked != stored) {
      throw new AssertionError("a checksum is %s, not %s".formatted(stored, masked));
    }
  }

  /** A field of a message: of bytes, or of a number's bits. */
  private record Field(int number, byte[] bytes, long bits) {}

  private static List<Field> fields(byte[] message) {
    List<Field> fields = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long key = varint(in);
      int number = (int) (key >>> 3);
      switch ((int) (key & 7)) {
        case 0 -> fields.add(new Field(number, null, varint(in)));
        case 1 -> fields.add(new Field(number, null, in.getLong()));
        case 2 -> {
          byte[] bytes = new byte[(int) varint(in)];
          in.get(bytes);
          fields.add(new Field(number, bytes, 0));
        }
        case 5 -> fields.add(new Field(number, null, in.getInt()));
        default -> throw new AssertionError("no such type of field: " + key);
      }
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private void event(byte[] message, boolean first) {
    long step = 0;
    Field what = null;
    for (Field field : fields(message)) {
      switch (field.number()) {
        case 1 -> times.add(Double.longBitsToDouble(field.bits()));
        case 2 -> step = field.bits();
        default -> what = field;
      }
    }
    if (first != (what.number() == 3)) {
      throw new AssertionError("a file begins with its version, and has one; got " + what);
    }
    switch (what.number()) {
      case 3 -> requireVersion(new String(what.bytes(), StandardCharsets.UTF_8));
      case 5 -> summary(what.bytes(), step);
      case 7 -> restart(fields(what.bytes()), step);
      default -> throw new AssertionError("an event of field " + what.number());
    }
  }

  private static void requireVersion(String version) {
    if (!version.equals("brain.Event:2")) {
      throw new AssertionError("version " + version);
    }
  }

  private void restart(List<Field> log, long step) {
    if (log.size() != 1 || log.get(0).number() != 1 || log.get(0).bits() != 1) {
      throw new AssertionError("no start of a session: " + log);
    }
    restarts.add(step);
    if (reader == Reader.BY_RESTARTS) {
      curves.values().forEach(curve -> curve.tailMap(step, true).clear());
      spreads.values().forEach(spread -> spread.tailMap(step, true).clear());
      pictures.values().forEach(picture -> picture.tailMap(step, true).clear());
    }
  }

  private void summary(byte[] message, long step) {
    for (Field value : fields(message)) {
      String tag = null;
      for (Field field : fields(value.bytes())) {
        switch (field.number()) {
          case 1 -> tag = new String(field.bytes(), StandardCharsets.UTF_8);
          case 2 -> put(curves, tag, step, Float.intBitsToFloat((int) field.bits()));
          case 4 -> put(pictures, tag, step, picture(field.bytes()));
          case 5 -> put(spreads, tag, step, spread(field.bytes()));
          default -> throw new AssertionError("a value of field " + field.number());
        }
      }
    }
  }

  private <T> void put(Map<String, NavigableMap<Long, T>> all, String tag, long step, T value) {
    NavigableMap<Long, T> points = all.computeIfAbsent(tag, name -> new TreeMap<>());
    if (reader == Reader.BY_STEPS) {
      points.tailMap(step, true).clear();
    }
    if (!points.isEmpty() && points.lastKey() >= step) {
      throw new AssertionError(
          "%s has step %s behind step %s".formatted(tag, step, points.lastKey()));
    }
    points.put(step, value);
  }

  private static Picture picture(byte[] message) {
    int height = 0;
    int width = 0;
    byte[] file = {};
    for (Field field : fields(message)) {
      switch (field.number()) {
        case 1 -> height = (int) field.bits();
        case 2 -> width = (int) field.bits();
        case 3 -> require(field.bits() == 3, "colours");
        case 4 -> file = field.bytes();
        default -> throw new AssertionError("a picture's field " + field.number());
      }
    }
    return new Picture(height, width, file);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static Spread spread(byte[] message) {
    double[] figures = new double[5];
    double[][] arrays = new double[2][];
    for (Field field : fields(message)) {
      if (field.number() <= 5) {
        figures[field.number() - 1] = Double.longBitsToDouble(field.bits());
      } else {
        ByteBuffer packed = ByteBuffer.wrap(field.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[packed.remaining() / Double.BYTES];
        packed.asDoubleBuffer().get(values);
        arrays[field.number() - 6] = values;
      }
    }
    return new Spread(figures, arrays[0], arrays[1]);
  }
}
