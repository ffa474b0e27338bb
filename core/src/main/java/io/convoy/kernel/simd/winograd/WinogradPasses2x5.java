package io.convoy.kernel.simd.winograd;

import static io.convoy.kernel.Winograd.SIXTH;
import static io.convoy.kernel.Winograd.THIRD;
import static io.convoy.kernel.Winograd.TWELFTH;
import static io.convoy.kernel.Winograd.TWENTY_FOURTH;
import static io.convoy.kernel.simd.constant.Species.FLOATS;

import jdk.incubator.vector.FloatVector;

/** {@link io.convoy.kernel.WinogradForm#F2X5}. */
final class WinogradPasses2x5 extends WinogradPasses {
  @Override
  void weights(float[] x, int at, int step, float[] y, int to, int toStep) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, x, at);
    FloatVector x1 = FloatVector.fromArray(FLOATS, x, at + step);
    FloatVector x2 = FloatVector.fromArray(FLOATS, x, at + 2 * step);
    FloatVector x3 = FloatVector.fromArray(FLOATS, x, at + 3 * step);
    FloatVector x4 = FloatVector.fromArray(FLOATS, x, at + 4 * step);
    FloatVector even = x0.add(x2).add(x4);
    FloatVector odd = x1.add(x3);
    FloatVector low = x2.fma(FloatVector.broadcast(FLOATS, SIXTH), x0.mul(TWENTY_FOURTH));
    FloatVector even2 = x4.fma(FloatVector.broadcast(FLOATS, 2 * THIRD), low);
    FloatVector odd2 = x3.fma(FloatVector.broadcast(FLOATS, THIRD), x1.mul(TWELFTH));
    x0.mul(0.25f).intoArray(y, to);
    even.add(odd).mul(-SIXTH).intoArray(y, to + toStep);
    odd.sub(even).mul(SIXTH).intoArray(y, to + 2 * toStep);
    even2.add(odd2).intoArray(y, to + 3 * toStep);
    even2.sub(odd2).intoArray(y, to + 4 * toStep);
    x4.intoArray(y, to + 5 * toStep);
  }

  @Override
  void output(float[] x, int at, int step, float[] y, int to, int toStep) {
    FloatVector x1 = FloatVector.fromArray(FLOATS, x, at + step);
    FloatVector x2 = FloatVector.fromArray(FLOATS, x, at + 2 * step);
    FloatVector x3 = FloatVector.fromArray(FLOATS, x, at + 3 * step);
    FloatVector x4 = FloatVector.fromArray(FLOATS, x, at + 4 * step);
    FloatVector.fromArray(FLOATS, x, at).add(x1.add(x2)).add(x3.add(x4)).intoArray(y, to);
    x3.sub(x4)
        .fma(TWO, x1.sub(x2))
        .add(FloatVector.fromArray(FLOATS, x, at + 5 * step))
        .intoArray(y, to + toStep);
  }

  @Override
  void outputGradient(float[] x, int at, int step, float[] y, int to, int toStep) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, x, at);
    FloatVector x1 = FloatVector.fromArray(FLOATS, x, at + step);
    x0.intoArray(y, to);
    x0.add(x1).intoArray(y, to + toStep);
    x0.sub(x1).intoArray(y, to + 2 * toStep);
    x1.fma(TWO, x0).intoArray(y, to + 3 * toStep);
    x1.fma(MINUS_2, x0).intoArray(y, to + 4 * toStep);
    x1.intoArray(y, to + 5 * toStep);
  }

  @Override
  void weightGradient(float[] x, int at, int step, float[] y, int to, int toStep) {
    FloatVector x1 = FloatVector.fromArray(FLOATS, x, at + step);
    FloatVector x2 = FloatVector.fromArray(FLOATS, x, at + 2 * step);
    FloatVector x3 = FloatVector.fromArray(FLOATS, x, at + 3 * step);
    FloatVector x4 = FloatVector.fromArray(FLOATS, x, at + 4 * step);
    FloatVector minusSixth = FloatVector.broadcast(FLOATS, -SIXTH);
    FloatVector near = x1.add(x2);
    FloatVector far = x3.add(x4);
    FloatVector gaps = x2.sub(x1).mul(SIXTH);
    FloatVector farGap = x3.sub(x4);
    FloatVector first = near.fma(minusSixth, FloatVector.fromArray(FLOATS, x, at).mul(0.25f));
    FloatVector last = near.fma(minusSixth, FloatVector.fromArray(FLOATS, x, at + 5 * step));
    far.fma(FloatVector.broadcast(FLOATS, TWENTY_FOURTH), first).intoArray(y, to);
    farGap.fma(FloatVector.broadcast(FLOATS, TWELFTH), gaps).intoArray(y, to + toStep);
    far.sub(near).mul(SIXTH).intoArray(y, to + 2 * toStep);
    farGap.fma(FloatVector.broadcast(FLOATS, THIRD), gaps).intoArray(y, to + 3 * toStep);
    far.fma(FloatVector.broadcast(FLOATS, 2 * THIRD), last).intoArray(y, to + 4 * toStep);
  }
}
