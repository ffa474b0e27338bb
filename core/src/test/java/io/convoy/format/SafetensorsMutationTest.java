package io.convoy.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.format.SafetensorsHeader.Tensor;
import io.convoy.reference.Effort;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Damaged files end in tensors or in one clear error. {@code -Dconvoy.mutation.seconds=600} goes on
 * for so long; where something else happens, the test names the file and the number of the
 * mutation.
 */
class SafetensorsMutationTest {
  private static final int ROUNDS = 30_000;

  @Test
  void damagedFiles() {
    List<byte[]> files = new ArrayList<>();
    files.add(
        file(
            """
            {"__metadata__":{"format":"pt"},"conv1.weight":{"dtype":"F32","shape":[2,1,3,3],\
            "data_offsets":[0,72]},"bn1.num_batches_tracked":{"dtype":"I64","shape":[],\
            "data_offsets":[72,80]},"fc.weight":{"dtype":"F16","shape":[5,2],\
            "data_offsets":[80,100]}}""",
            100));
    files.add(
        file(
            """
            {"a":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]},"b":{"dtype":"F64",\
            "shape":[2,1],"data_offsets":[6,22]},"c":{"dtype":"BOOL","shape":[0],\
            "data_offsets":[22,22]},"d":{"dtype":"U8","shape":[1,1,1],"data_offsets":[22,23]}}""",
            23));
    files.add(file("{}", 0));
    Integer seconds = Integer.getInteger("convoy.mutation.seconds");
    if (seconds == null) {
      mutate(files, ROUNDS, Long.MAX_VALUE);
    } else {
      mutate(files, Integer.MAX_VALUE, System.nanoTime() + 1_000_000_000L * seconds);
    }
  }

  /** What a kilobyte claims takes no more than a kilobyte, and no time. */
  @Test
  void absurdFiles() {
    String deep = "[".repeat(50_000);
    for (String json :
        List.of(
            "{\"a\":" + deep,
            "{\"a\":{\"dtype\":\"F32\",\"x\":" + "{\"x\":".repeat(50_000),
            "{\"__metadata__\":{\"a\":" + deep,
            "{\"__metadata__\":[1]}",
            "{\"__metadata__\":\"text\"}",
            "{\"__metadata__\":{\"a\":{}}}",
            "{\"__metadata__\":{\"a\":null}}",
            "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1073741824],\"data_offsets\":[0,4294967296]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483648,4294967296],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,16]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0.0,8]}}",
            "{\"a\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":[\"F32\"],\"shape\":[2],\"data_offsets\":[0,8]}}",
            "{\"a\":7}",
            "{\"a\":null}",
            "{\"" + "n".repeat(100_000) + "\":7}")) {
      byte[] file = file(json, 8);
      Effort<Optional<ConvoyException>> effort = Effort.of(() -> readOrRefuse(file, json));
      assertTrue(effort.result().isPresent(), () -> "taken: " + json);
      assertTrue(effort.isLittle(file.length), () -> effort + ": " + json);
    }
  }

  private static void mutate(List<byte[]> files, int rounds, long end) {
    int read = 0;
    int errors = 0;
    for (int round = 0; round < rounds && System.nanoTime() < end; round++) {
      int file = round % files.size();
      byte[] damaged = damaged(files.get(file), round);
      String shown = "mutation %s of file %s".formatted(round, file);
      Effort<Optional<ConvoyException>> effort = Effort.of(() -> readOrRefuse(damaged, shown));
      assertTrue(effort.isLittle(damaged.length), () -> effort + ": " + shown);
      if (effort.result().isPresent()) {
        errors++;
      } else {
        read++;
      }
    }
    System.out.printf("%d read, %d errors%n", read, errors);
    assertTrue(read > 0 && errors > 0, "%s read, %s errors".formatted(read, errors));
  }

  /** The one error, or none where all tensors could be read. */
  private static Optional<ConvoyException> readOrRefuse(byte[] file, String what) {
    try {
      SafetensorsReader reader =
          SafetensorsReader.open(new ByteArrayInputStream(file), file.length, "x");
      List<Optional<TensorSlice>> into = new ArrayList<>();
      for (Tensor tensor : reader.header().tensors()) {
        int elements = (int) tensor.elements();
        assertTrue(elements <= file.length, "no more than there are bytes");
        into.add(
            tensor.type().isFloating() && elements > 0
                ? Optional.of(
                    new TensorSlice(tensor.name(), Shape.of(elements), new float[elements], 0))
                : Optional.empty());
      }
      String unused = reader.readSome(into);
      return Optional.empty();
    } catch (ConvoyException e) {
      assertEquals(ConvoyException.Kind.DATA, e.kind());
      assertTrue(e.getMessage().startsWith("x: ") && e.getMessage().length() < 400, e.getMessage());
      return Optional.of(e);
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
  }

  /** Bytes changed, cut away, repeated or put in elsewhere; now and then whole digits. */
  private static byte[] damaged(byte[] whole, int round) {
    byte[] bytes = whole.clone();
    int changes = 1 + below(4, round, 0);
    for (int i = 1; i <= changes && bytes.length > 0; i++) {
      int at = below(bytes.length, round, 4 * i);
      int value = below(256, round, 4 * i + 1);
      int length = Math.min(bytes.length - at, 1 + below(30, round, 4 * i + 2));
      switch (below(7, round, 4 * i + 3)) {
        case 0 -> bytes[at] ^= (byte) (1 << (value & 7));
        case 1 -> bytes = joined(bytes, 0, at, at + length, bytes.length);
        case 2 -> bytes = joined(bytes, 0, at + length, at, bytes.length);
        case 3 -> bytes = value < 64 ? Arrays.copyOf(bytes, Math.max(1, at)) : bytes;
        case 4 -> bytes[at] = (byte) "0123456789{}[],:\" ".charAt(value % 18);
        case 5 -> bytes[below(8, round, 4 * i + 2) % bytes.length] = (byte) value;
        default -> bytes[at] = (byte) value;
      }
    }
    return bytes;
  }

  /** [from, to) and behind it [again, end). */
  private static byte[] joined(byte[] bytes, int from, int to, int again, int end) {
    byte[] joined = Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), to - from + end - again);
    System.arraycopy(bytes, again, joined, to - from, end - again);
    return joined;
  }

  private static byte[] file(String json, int data) {
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + head.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(head.length)
        .put(head)
        .array();
  }

  private static int below(int bound, int round, int draw) {
    return (int) Long.remainderUnsigned(Numbers.bits(round, draw), bound);
  }
}
