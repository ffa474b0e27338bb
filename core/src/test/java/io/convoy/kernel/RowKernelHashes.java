package io.convoy.kernel;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Prints the hashes of the activations over floats of all sizes, special ones among them: what a
 * JVM of its own is started for.
 */
public final class RowKernelHashes {
  /** Odd, so that every lane sees every kind of number. */
  private static final int LENGTH = 4099;

  private static final long STEP = 997;

  private interface Pass {
    void run(RowKernels rows, float[] x, float[] y);
  }

  private RowKernelHashes() {}

  public static void main(String[] arguments) throws NoSuchAlgorithmException {
    System.out.println(all());
  }

  static String all() throws NoSuchAlgorithmException {
    return String.join(
        "\n",
        "leakyRelu " + hash((rows, x, y) -> rows.leakyRelu(x, 0, 0.01f, y, 0, LENGTH)),
        "sigmoid " + hash((rows, x, y) -> rows.sigmoid(x, 0, y, 0, LENGTH)),
        "tanh " + hash((rows, x, y) -> rows.tanh(x, 0, y, 0, LENGTH)),
        "divide " + hash((rows, x, y) -> rows.divide(x, 0, 7f, y, 0, LENGTH)),
        "leakyReluGradient "
            + hash((rows, x, y) -> rows.leakyReluGradient(x, 0, x, 0, 0.01f, y, 0, LENGTH)),
        "sigmoidGradient " + hash((rows, x, y) -> rows.sigmoidGradient(x, 0, x, 0, y, 0, LENGTH)),
        "tanhGradient " + hash((rows, x, y) -> rows.tanhGradient(x, 0, x, 0, y, 0, LENGTH)));
  }

  private static String hash(Pass pass) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH * Float.BYTES);
    float[] x = new float[LENGTH];
    float[] y = new float[LENGTH];
    for (long first = 0; first < 1L << 32; first += STEP * LENGTH) {
      bytes.clear();
      for (int i = 0; i < LENGTH; i++) {
        x[i] = Float.intBitsToFloat((int) (first + i * STEP));
      }
      pass.run(KernelProvider.kernels().rows(), x, y);
      for (float value : y) {
        bytes.putInt(Float.floatToIntBits(value)); // one pattern for all NaN
      }
      digest.update(bytes.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
