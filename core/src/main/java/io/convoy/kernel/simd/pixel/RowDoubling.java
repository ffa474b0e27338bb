package io.convoy.kernel.simd.pixel;

import static io.convoy.kernel.simd.pixel.JpegSpecies.BYTES;
import static io.convoy.kernel.simd.pixel.JpegSpecies.INTS;
import static io.convoy.kernel.simd.pixel.JpegSpecies.LENGTH;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Enlarging of coarse components. A short lane holds two neighbouring samples; it is split into the
 * even one and the odd one, each of which has room for sums. Their left and right neighbours come
 * from loads one byte further left and right. No method hands a vector on, as in {@link
 * SimdInverseDct}.
 */
final class RowDoubling {
  private static final short LOW = 0xFF;

  private static final VectorShuffle<Integer> FIRST_HALF =
      VectorShuffle.fromOp(INTS, lane -> lane / 2);
  private static final VectorShuffle<Integer> SECOND_HALF =
      VectorShuffle.fromOp(INTS, lane -> INTS.length() / 2 + lane / 2);
  private static final VectorMask<Integer> ODD = odd();

  private RowDoubling() {}

  private static VectorMask<Integer> odd() {
    boolean[] odd = new boolean[INTS.length()];
    for (int lane = 1; lane < odd.length; lane += 2) {
      odd[lane] = true;
    }
    return VectorMask.fromArray(INTS, odd, 0);
  }

  static void columns(byte[] s, int start, int length, byte[] to) {
    for (int x = 0; x < length; x += LENGTH) {
      ShortVector here = ByteVector.fromArray(BYTES, s, start + x).reinterpretAsShorts();
      ShortVector left = ByteVector.fromArray(BYTES, s, start + x - 1).reinterpretAsShorts();
      ShortVector right = ByteVector.fromArray(BYTES, s, start + x + 1).reinterpretAsShorts();
      ShortVector even = here.and(LOW);
      ShortVector odd = here.lanewise(LSHR, 8);
      ShortVector before = left.and(LOW);
      ShortVector next = right.lanewise(LSHR, 8);
      ShortVector threeEven = even.add(even).add(even);
      ShortVector threeOdd = odd.add(odd).add(odd);
      ShortVector out0 = threeEven.add(before).add((short) 1).lanewise(LSHR, 2);
      ShortVector out1 = threeEven.add(odd).add((short) 2).lanewise(LSHR, 2);
      ShortVector out2 = threeOdd.add(even).add((short) 1).lanewise(LSHR, 2);
      ShortVector out3 = threeOdd.add(next).add((short) 2).lanewise(LSHR, 2);
      // four samples of each lane, side by side
      IntVector a = out0.or(out1.lanewise(LSHL, 8)).reinterpretAsInts();
      IntVector b = out2.or(out3.lanewise(LSHL, 8)).reinterpretAsInts();
      IntVector evenLanes = a.and(0xFFFF).or(b.lanewise(LSHL, 16));
      IntVector oddLanes = a.lanewise(LSHR, 16).or(b.and(0xFFFF0000));
      evenLanes
          .rearrange(FIRST_HALF)
          .blend(oddLanes.rearrange(FIRST_HALF), ODD)
          .reinterpretAsBytes()
          .intoArray(to, 2 * x);
      evenLanes
          .rearrange(SECOND_HALF)
          .blend(oddLanes.rearrange(SECOND_HALF), ODD)
          .reinterpretAsBytes()
          .intoArray(to, 2 * x + LENGTH);
    }
  }

  static void rows(byte[] s, int near, int far, int bias, int length, byte[] to) {
    short added = (short) bias;
    for (int x = 0; x < length; x += LENGTH) {
      ShortVector a = ByteVector.fromArray(BYTES, s, near + x).reinterpretAsShorts();
      ShortVector b = ByteVector.fromArray(BYTES, s, far + x).reinterpretAsShorts();
      ShortVector even = a.and(LOW);
      ShortVector odd = a.lanewise(LSHR, 8);
      even = even.add(even).add(even).add(b.and(LOW)).add(added);
      odd = odd.add(odd).add(odd).add(b.lanewise(LSHR, 8)).add(added);
      even.lanewise(LSHR, 2)
          .or(odd.lanewise(LSHR, 2).lanewise(LSHL, 8))
          .reinterpretAsBytes()
          .intoArray(to, x);
    }
  }

  static void both(byte[] s, int near, int far, int length, byte[] to) {
    for (int x = 0; x < length; x += LENGTH) {
      ShortVector a = ByteVector.fromArray(BYTES, s, near + x).reinterpretAsShorts();
      ShortVector b = ByteVector.fromArray(BYTES, s, far + x).reinterpretAsShorts();
      ShortVector even = a.and(LOW);
      ShortVector odd = a.lanewise(LSHR, 8);
      even = even.add(even).add(even).add(b.and(LOW));
      odd = odd.add(odd).add(odd).add(b.lanewise(LSHR, 8));
      a = ByteVector.fromArray(BYTES, s, near + x - 1).reinterpretAsShorts().and(LOW);
      b = ByteVector.fromArray(BYTES, s, far + x - 1).reinterpretAsShorts().and(LOW);
      ShortVector before = a.add(a).add(a).add(b);
      a = ByteVector.fromArray(BYTES, s, near + x + 1).reinterpretAsShorts().lanewise(LSHR, 8);
      b = ByteVector.fromArray(BYTES, s, far + x + 1).reinterpretAsShorts().lanewise(LSHR, 8);
      ShortVector next = a.add(a).add(a).add(b);
      ShortVector threeEven = even.add(even).add(even);
      ShortVector threeOdd = odd.add(odd).add(odd);
      ShortVector out0 = threeEven.add(before).add((short) 8).lanewise(LSHR, 4);
      ShortVector out1 = threeEven.add(odd).add((short) 7).lanewise(LSHR, 4);
      ShortVector out2 = threeOdd.add(even).add((short) 8).lanewise(LSHR, 4);
      ShortVector out3 = threeOdd.add(next).add((short) 7).lanewise(LSHR, 4);
      // four samples of each lane, side by side
      IntVector c = out0.or(out1.lanewise(LSHL, 8)).reinterpretAsInts();
      IntVector d = out2.or(out3.lanewise(LSHL, 8)).reinterpretAsInts();
      IntVector evenLanes = c.and(0xFFFF).or(d.lanewise(LSHL, 16));
      IntVector oddLanes = c.lanewise(LSHR, 16).or(d.and(0xFFFF0000));
      evenLanes
          .rearrange(FIRST_HALF)
          .blend(oddLanes.rearrange(FIRST_HALF), ODD)
          .reinterpretAsBytes()
          .intoArray(to, 2 * x);
      evenLanes
          .rearrange(SECOND_HALF)
          .blend(oddLanes.rearrange(SECOND_HALF), ODD)
          .reinterpretAsBytes()
          .intoArray(to, 2 * x + LENGTH);
    }
  }
}
