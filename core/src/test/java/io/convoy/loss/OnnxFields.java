package io.convoy.loss;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fields of a message of Protocol Buffers, as far as ONNX's operator tests have some. */
final class OnnxFields {
  /**
   * A field.
   *
   * @param value of a number
   * @param bytes of a text or of a message within; empty for a number
   */
  record Field(int number, long value, byte[] bytes) {}

  private final byte[] message;
  private int at;

  private OnnxFields(byte[] message) {
    this.message = message;
  }

  static List<Field> of(byte[] message) {
    OnnxFields reader = new OnnxFields(message);
    List<Field> fields = new ArrayList<>();
    while (reader.at < message.length) {
      fields.add(reader.next());
    }
    return fields;
  }

  static String text(Field field) {
    return new String(field.bytes(), StandardCharsets.UTF_8);
  }

  private Field next() {
    int key = (int) number();
    return switch (key & 7) {
      case 0 -> new Field(key >>> 3, number(), new byte[0]);
      case 1 -> new Field(key >>> 3, 0, bytes(Long.BYTES));
      case 2 -> new Field(key >>> 3, 0, bytes((int) number()));
      case 5 -> new Field(key >>> 3, 0, bytes(Integer.BYTES));
      default -> throw new IllegalStateException("no field begins with " + key);
    };
  }

  private byte[] bytes(int count) {
    at += count;
    return Arrays.copyOfRange(message, at - count, at);
  }

  private long number() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = message[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
