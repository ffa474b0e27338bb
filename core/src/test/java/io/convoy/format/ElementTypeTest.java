package io.convoy.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.digest.Sha256;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Elements that are no floats yet, and tensors that nobody wants. */
class ElementTypeTest {
  private static float next(ElementType type, Number bits) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(bits.longValue()).rewind();
    float value = type.next(bytes);
    assertEquals(type.bytes(), bytes.position());
    return value;
  }

  /** By the definition of IEEE 754, in double precision: sign, exponent, fraction. */
  @Test
  void everyHalfIsTheFloatOfItsValue() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double sign = bits >= 1 << 15 ? -1 : 1;
      int exponent = bits / 1024 % 32;
      double fraction = bits % 1024 / 1024.0;
      double value =
          exponent == 0
              ? sign * fraction * StrictMath.pow(2, -14)
              : sign * (1 + fraction) * StrictMath.pow(2, exponent - 15);
      float read = next(ElementType.F16, bits);
      if (exponent < 31) {
        assertEquals(Float.floatToRawIntBits((float) value), Float.floatToRawIntBits(read));
        assertEquals(value, read, 0.0, "exact");
      } else if (fraction == 0) {
        assertEquals((float) sign * Float.POSITIVE_INFINITY, read);
      } else {
        assertTrue(Float.isNaN(read));
      }
    }
  }

  @Test
  void aBfloatIsTheUpperHalfOfAFloat() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertEquals(bits << 16, Float.floatToRawIntBits(next(ElementType.BF16, bits)));
    }
  }

  @Test
  void aDoubleIsRoundedToTheNearestFloat() {
    for (double value : new double[] {0.1, -1 / 3.0, 1e-40, 1 + 0x1p-24, 1 + 0x1.8p-23}) {
      assertEquals((float) value, next(ElementType.F64, Double.doubleToRawLongBits(value)));
    }
    assertEquals(1f, next(ElementType.F64, Double.doubleToRawLongBits(1 + 0x1p-24)), "to even");
  }

  /** Written out by hand: a counter, halves, bytes and floats, one behind the other. */
  @Test
  void whatIsWantedIsReadAndTheRestPassedOver() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8 + 6 + 3 + 4 + 16).order(ByteOrder.LITTLE_ENDIAN);
    data.putLong(77).putShort((short) 0x3C00).putShort((short) 0xC000).putShort((short) 0x3555);
    data.put(new byte[] {1, 2, 3}).putFloat(5.5f).putDouble(0.1).putDouble(-7);
    String json =
        """
        {"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},
        "h":{"dtype":"F16","shape":[3],"data_offsets":[8,14]},
        "u":{"dtype":"U8","shape":[3],"data_offsets":[14,17]},
        "f":{"dtype":"F32","shape":[1,1],"data_offsets":[17,21]},
        "d":{"dtype":"F64","shape":[2],"data_offsets":[21,37]}}""";
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + head.length + data.capacity());
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(head.length).put(head).put(data.array());
    float[] into = new float[8];
    String whole =
        SafetensorsTest.open(file.array())
            .readSome(
                List.of(
                    Optional.empty(),
                    Optional.of(new TensorSlice("a", Shape.of(3), into, 1)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new TensorSlice("b", Shape.of(1, 2), into, 5))));
    float third = 0x1.554p-2f;
    assertEquals(
        List.of(0f, 1f, -2f, third, 0f, 0.1f, -7f, 0f),
        IntStream.range(0, 8).mapToObj(i -> into[i]).toList());
    assertEquals(Sha256.hex(digest(data.array())), whole);

    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                SafetensorsTest.open(file.array())
                    .readSome(List.of(Optional.of(new TensorSlice("n", Shape.of(1), into, 0)))));
    assertEquals(
        "w.safetensors: n of I64 must be read into as many floats; got 1", error.getMessage());
  }

  private static MessageDigest digest(byte[] bytes) {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes);
    return digest;
  }
}
