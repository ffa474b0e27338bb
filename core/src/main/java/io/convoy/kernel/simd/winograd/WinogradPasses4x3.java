package io.convoy.kernel.simd.winograd;

import static io.convoy.kernel.Winograd.SIXTH;
import static io.convoy.kernel.Winograd.TWELFTH;
import static io.convoy.kernel.Winograd.TWENTY_FOURTH;
import static io.convoy.kernel.simd.constant.Species.FLOATS;

import jdk.incubator.vector.FloatVector;

/** {@link io.convoy.kernel.WinogradForm#F4X3}. */
final class WinogradPasses4x3 extends WinogradPasses {
  private static final FloatVector EIGHT = FloatVector.broadcast(FLOATS, 8f);

  @Override
  void weights(float[] x, int at, int step, float[] y, int to, int toStep) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, x, at);
    FloatVector x1 = FloatVector.fromArray(FLOATS, x, at + step);
    FloatVector x2 = FloatVector.fromArray(FLOATS, x, at + 2 * step);
    FloatVector ends = x0.add(x2);
    FloatVector far = x2.fma(FloatVector.broadcast(FLOATS, SIXTH), x0.mul(TWENTY_FOURTH));
    x0.mul(0.25f).intoArray(y, to);
    ends.add(x1).mul(-SIXTH).intoArray(y, to + toStep);
    x1.sub(ends).mul(SIXTH).intoArray(y, to + 2 * toStep);
    x1.fma(FloatVector.broadcast(FLOATS, TWELFTH), far).intoArray(y, to + 3 * toStep);
    x1.fma(FloatVector.broadcast(FLOATS, -TWELFTH), far).intoArray(y, to + 4 * toStep);
    x2.intoArray(y, to + 5 * toStep);
  }

  @Override
  void output(float[] x, int at, int step, float[] y, int to, int toStep) {
    FloatVector x1 = FloatVector.fromArray(FLOATS, x, at + step);
    FloatVector x2 = FloatVector.fromArray(FLOATS, x, at + 2 * step);
    FloatVector x3 = FloatVector.fromArray(FLOATS, x, at + 3 * step);
    FloatVector x4 = FloatVector.fromArray(FLOATS, x, at + 4 * step);
    FloatVector near = x1.add(x2);
    FloatVector nearGap = x1.sub(x2);
    FloatVector far = x3.add(x4);
    FloatVector farGap = x3.sub(x4);
    FloatVector.fromArray(FLOATS, x, at).add(near).add(far).intoArray(y, to);
    farGap.fma(TWO, nearGap).intoArray(y, to + toStep);
    far.fma(FOUR, near).intoArray(y, to + 2 * toStep);
    farGap
        .fma(EIGHT, nearGap)
        .add(FloatVector.fromArray(FLOATS, x, at + 5 * step))
        .intoArray(y, to + 3 * toStep);
  }

  @Override
  void outputGradient(float[] x, int at, int step, float[] y, int to, int toStep) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, x, at);
    FloatVector x1 = FloatVector.fromArray(FLOATS, x, at + step);
    FloatVector x2 = FloatVector.fromArray(FLOATS, x, at + 2 * step);
    FloatVector x3 = FloatVector.fromArray(FLOATS, x, at + 3 * step);
    FloatVector even = x0.add(x2);
    FloatVector odd = x1.add(x3);
    FloatVector even2 = x2.fma(FOUR, x0);
    FloatVector odd2 = x3.fma(FOUR, x1);
    x0.intoArray(y, to);
    even.add(odd).intoArray(y, to + toStep);
    even.sub(odd).intoArray(y, to + 2 * toStep);
    odd2.fma(TWO, even2).intoArray(y, to + 3 * toStep);
    odd2.fma(MINUS_2, even2).intoArray(y, to + 4 * toStep);
    x3.intoArray(y, to + 5 * toStep);
  }

  @Override
  void weightGradient(float[] x, int at, int step, float[] y, int to, int toStep) {
    FloatVector x1 = FloatVector.fromArray(FLOATS, x, at + step);
    FloatVector x2 = FloatVector.fromArray(FLOATS, x, at + 2 * step);
    FloatVector x3 = FloatVector.fromArray(FLOATS, x, at + 3 * step);
    FloatVector x4 = FloatVector.fromArray(FLOATS, x, at + 4 * step);
    FloatVector sixth = FloatVector.broadcast(FLOATS, SIXTH);
    FloatVector near = x1.add(x2);
    FloatVector nearGap = x2.sub(x1);
    FloatVector far = x3.add(x4);
    FloatVector farGap = x3.sub(x4);
    FloatVector first =
        near.fma(
            FloatVector.broadcast(FLOATS, -SIXTH), FloatVector.fromArray(FLOATS, x, at).mul(0.25f));
    far.fma(FloatVector.broadcast(FLOATS, TWENTY_FOURTH), first).intoArray(y, to);
    FloatVector gaps = nearGap.mul(SIXTH);
    farGap.fma(FloatVector.broadcast(FLOATS, TWELFTH), gaps).intoArray(y, to + toStep);
    far.sub(near)
        .fma(sixth, FloatVector.fromArray(FLOATS, x, at + 5 * step))
        .intoArray(y, to + 2 * toStep);
  }
}
