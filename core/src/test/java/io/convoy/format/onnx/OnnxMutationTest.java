package io.convoy.format.onnx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.network.Network;
import io.convoy.reference.Numbers;
import io.convoy.zoo.Architecture;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Damaged files end in a network or in one clear error, soon. {@code -Dconvoy.mutation.seconds=600}
 * goes on for so long; where something else happens, the test names the file and the number of the
 * mutation.
 */
class OnnxMutationTest {
  private static final int ROUNDS = 3000;
  private static final long MOST_NANOS = 1_000_000_000L;

  @Test
  void damagedFiles() {
    Network small = EveryLayer.network();
    Network deep = Architecture.named("resnet20").network();
    List<byte[]> files =
        List.of(
            Networks.exported(small, Networks.state(small)),
            OnnxFiles.withoutRawData(Networks.exported(small, Networks.state(small))),
            Networks.exported(deep, Networks.state(deep)));
    Integer seconds = Integer.getInteger("convoy.mutation.seconds");
    if (seconds == null) {
      mutate(files, ROUNDS, Long.MAX_VALUE);
    } else {
      mutate(files, Integer.MAX_VALUE, System.nanoTime() + 1_000_000_000L * seconds);
    }
  }

  private static void mutate(List<byte[]> files, int rounds, long end) {
    int networks = 0;
    int errors = 0;
    OnnxImport.read(files.get(0), "x"); // classes are loaded, once
    for (int round = 0; round < rounds && System.nanoTime() < end; round++) {
      int file = round % files.size();
      byte[] damaged = damaged(files.get(file), round);
      long start = System.nanoTime();
      try {
        OnnxImport.read(damaged, "x");
        networks++;
      } catch (ConvoyException e) {
        assertTrue(e.getMessage().startsWith("x"), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        assertTrue(e.getMessage().length() < 10_000, e.getMessage());
        errors++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutation %s of file %s".formatted(round, file), e);
      }
      assertTrue(
          System.nanoTime() - start < 10 * MOST_NANOS, // a second, on a machine that is at work
          "mutation %s of file %s takes too long".formatted(round, file));
    }
    assertTrue(networks > 0 && errors > 0, "%s networks, %s errors".formatted(networks, errors));
  }

  /** Some bytes changed, cut away, repeated or put in elsewhere; most where the graph stands. */
  private static byte[] damaged(byte[] whole, int round) {
    byte[] bytes = whole.clone();
    int changes = 1 + below(4, round, 0);
    for (int i = 1; i <= changes; i++) {
      int tail = below(2, round, 5 * i + 4) == 0 ? bytes.length : Math.min(6000, bytes.length);
      int at = bytes.length - 1 - below(tail, round, 5 * i);
      int value = below(256, round, 5 * i + 1);
      int length = Math.min(bytes.length - at, 1 + below(40, round, 5 * i + 2));
      switch (below(8, round, 5 * i + 3)) {
        case 0 -> bytes[at] = (byte) 0xFF;
        case 1 -> bytes[at] ^= (byte) (1 << (value & 7));
        case 2 -> bytes = spliced(bytes, at, length, 0);
        case 3 -> bytes = spliced(bytes, at, length, 2 * length);
        case 4 -> Arrays.fill(bytes, at, at + length, (byte) value);
        case 5 -> bytes = value < 8 ? Arrays.copyOf(bytes, Math.max(1, at)) : bytes;
        default -> bytes[at] = (byte) value;
      }
    }
    return bytes;
  }

  /** With so many bytes at a place in place of {@code length}, which are repeated. */
  private static byte[] spliced(byte[] bytes, int at, int length, int by) {
    byte[] other = new byte[Math.max(1, bytes.length - length + by)];
    System.arraycopy(bytes, 0, other, 0, Math.min(at, other.length));
    for (int i = 0; i < by; i++) {
      other[at + i] = bytes[at + i % length];
    }
    int rest = bytes.length - at - length;
    System.arraycopy(bytes, at + length, other, Math.min(other.length, at + by), rest);
    return other;
  }

  private static int below(int bound, int round, int draw) {
    return (int) Long.remainderUnsigned(Numbers.bits(round, draw), bound);
  }
}
