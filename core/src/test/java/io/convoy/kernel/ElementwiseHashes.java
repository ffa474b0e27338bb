package io.convoy.kernel;

import io.convoy.kernel.provider.KernelProvider;
import io.convoy.reference.Numbers;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Prints the hashes of passes over floats of all sizes, special ones among them: what a JVM of its
 * own is started for.
 */
public final class ElementwiseHashes {
  /** Odd, so that every lane sees every kind of number. */
  private static final int LENGTH = 4099;

  /** Between the bit patterns of the floats that are tried. */
  private static final long STEP = 997;

  /** Where most floats of a network lie; where tanh has its course; where exp has its end. */
  private static final float[] ORDINARY = {1f, 10f, 110f};

  private static final int BLOCKS = 50;

  private interface Pass {
    void run(Kernels kernels, float[] x, float[] y);
  }

  private ElementwiseHashes() {}

  public static void main(String[] arguments) throws NoSuchAlgorithmException {
    System.out.println(all());
  }

  static String all() throws NoSuchAlgorithmException {
    return String.join(
        "\n",
        "leakyRelu "
            + hash((kernels, x, y) -> kernels.activations().leakyRelu(x, 0, 0.01f, y, 0, LENGTH)),
        "sigmoid " + hash((kernels, x, y) -> kernels.activations().sigmoid(x, 0, y, 0, LENGTH)),
        "tanh " + hash((kernels, x, y) -> kernels.activations().tanh(x, 0, y, 0, LENGTH)),
        "transpose "
            + hash(
                (kernels, x, y) -> kernels.rows().transpose(x, 0, LENGTH / 9, 9, y, 0, LENGTH / 9)),
        "divide " + hash((kernels, x, y) -> kernels.rows().divide(x, 0, 7f, y, 0, LENGTH)),
        "leakyReluGradient "
            + hash(
                (kernels, x, y) ->
                    kernels.activations().leakyReluGradient(x, 0, x, 0, 0.01f, y, 0, LENGTH)),
        "sigmoidGradient "
            + hash(
                (kernels, x, y) -> kernels.activations().sigmoidGradient(x, 0, x, 0, y, 0, LENGTH)),
        "tanhGradient "
            + hash(
                (kernels, x, y) -> kernels.activations().tanhGradient(x, 0, x, 0, y, 0, LENGTH)));
  }

  private static String hash(Pass pass) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    float[] x = new float[LENGTH];
    for (long first = 0; first < 1L << 32; first += STEP * LENGTH) {
      for (int i = 0; i < LENGTH; i++) {
        x[i] = Float.intBitsToFloat((int) (first + i * STEP));
      }
      update(digest, pass, x);
    }
    for (float size : ORDINARY) {
      for (int block = 0; block < BLOCKS; block++) {
        for (int i = 0; i < LENGTH; i++) {
          x[i] = size * Numbers.uniform(block, i);
        }
        update(digest, pass, x);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, Pass pass, float[] x) {
    float[] y = new float[LENGTH];
    pass.run(KernelProvider.kernels(), x, y);
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH * Float.BYTES);
    for (float value : y) {
      bytes.putInt(Float.floatToIntBits(value)); // one pattern for all NaN
    }
    digest.update(bytes.flip());
  }
}
