package io.convoy.benchmarks.peers;

import io.convoy.benchmarks.layers.Contender;
import io.convoy.benchmarks.layers.DenseShape;
import io.convoy.benchmarks.layers.Direction;
import io.convoy.benchmarks.layers.Operands;
import io.convoy.benchmarks.layers.Problem;
import io.convoy.benchmarks.layers.Workload;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** Dense layers by OpenBLAS: one {@code sgemm} each way. Its threads follow the environment. */
public final class OpenBlasLayers implements Contender {
  @Override
  public String name() {
    return "OpenBLAS";
  }

  @Override
  public String version() {
    return String.valueOf(openblas.class.getPackage().getImplementationVersion());
  }

  @Override
  public Optional<Workload> prepare(Problem problem, Operands operands, int threads) {
    return problem.shape() instanceof DenseShape dense
        ? Optional.of(new Gemm(problem.batch(), dense, operands))
        : Optional.empty();
  }

  /** x is [n, in], weights [out, in], y [n, out], all by rows. */
  private static final class Gemm implements Workload {
    private final Natives natives = new Natives();
    private final int n;
    private final DenseShape dense;
    private final FloatPointer x;
    private final FloatPointer weights;
    private final FloatPointer outputGradient;
    private final FloatPointer y;
    private final FloatPointer inputGradient;
    private final FloatPointer weightGradient;

    Gemm(int n, DenseShape dense, Operands operands) {
      this.n = n;
      this.dense = dense;
      x = natives.copy(operands.input());
      weights = natives.copy(operands.weights());
      outputGradient = natives.copy(operands.outputGradient());
      y = natives.floats(n * dense.out());
      inputGradient = natives.floats(n * dense.in());
      weightGradient = natives.floats(dense.weights());
    }

    @Override
    public long nanos(Direction direction) {
      int in = dense.in();
      int out = dense.out();
      long start = System.nanoTime();
      switch (direction) {
        case FORWARD -> multiply(false, true, n, out, in, x, weights, y);
        case BACKWARD_DATA ->
            multiply(false, false, n, in, out, outputGradient, weights, inputGradient);
        case BACKWARD_WEIGHTS ->
            multiply(true, false, out, in, n, outputGradient, x, weightGradient);
      }
      return System.nanoTime() - start;
    }

    /** c [rows, columns] = a times b over so many terms. */
    private static void multiply(
        boolean transposeA,
        boolean transposeB,
        int rows,
        int columns,
        int terms,
        FloatPointer a,
        FloatPointer b,
        FloatPointer c) {
      openblas.cblas_sgemm(
          openblas.CblasRowMajor,
          transposeA ? openblas.CblasTrans : openblas.CblasNoTrans,
          transposeB ? openblas.CblasTrans : openblas.CblasNoTrans,
          rows,
          columns,
          terms,
          1f,
          a,
          transposeA ? rows : terms,
          b,
          transposeB ? terms : columns,
          0f,
          c,
          columns);
    }

    @Override
    public float[] result(Direction direction) {
      return switch (direction) {
        case FORWARD -> Natives.read(y, n * dense.out());
        case BACKWARD_DATA -> Natives.read(inputGradient, n * dense.in());
        case BACKWARD_WEIGHTS -> Natives.read(weightGradient, dense.weights());
      };
    }

    @Override
    public void close() {
      natives.close();
    }
  }
}
