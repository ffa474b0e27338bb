package io.convoy.format;

import java.nio.ByteBuffer;

/**
 * What the elements of a tensor in a file are, by the names of the safetensors format. Floats are
 * made of those that are floating; the others can be passed over.
 */
public enum ElementType {
  /** Single precision, Convoy's own. */
  F32(4, true),
  /** IEEE 754 half precision: each is a float. */
  F16(2, true),
  /** The upper half of a float. */
  BF16(2, true),
  /** Double precision, rounded to the nearest float. */
  F64(8, true),
  BOOL(1, false),
  U8(1, false),
  I8(1, false),
  F8_E4M3(1, false),
  F8_E5M2(1, false),
  I16(2, false),
  U16(2, false),
  I32(4, false),
  U32(4, false),
  I64(8, false),
  U64(8, false);

  private final int bytes;
  private final boolean floating;

  ElementType(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** Bytes of an element. */
  public int bytes() {
    return bytes;
  }

  /** Whether Convoy makes floats of it. */
  public boolean isFloating() {
    return floating;
  }

  /**
   * Takes the next element of a buffer, in its order, as a float.
   *
   * @throws IllegalArgumentException when Convoy makes no floats of the type
   */
  public float next(ByteBuffer from) {
    return switch (this) {
      case F32 -> from.getFloat();
      case F16 -> ofHalf(from.getShort());
      case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
      case F64 -> (float) from.getDouble();
      case BOOL, U8, I8, F8_E4M3, F8_E5M2, I16, U16, I32, U32, I64, U64 ->
          throw new IllegalArgumentException(this + " is not read");
    };
  }

  /** A half-precision number as a float: exact, and NaN stays NaN. */
  private static float ofHalf(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0) { // so many steps of 2^-24
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
    }
    int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
