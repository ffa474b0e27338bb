package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingStateTest {
  @Test
  void theHashIsOverLittleEndianFloats() throws Exception {
    float[] weights = new float[40_001];
    ByteBuffer bytes = ByteBuffer.allocate(weights.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1f / (i - 7.5f);
      bytes.putFloat(weights[i]);
    }
    String expected =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    TrainingState state = new TrainingState(1, new float[weights.length], List.of(weights));
    assertEquals(expected, new TrainingState(1, weights, List.of()).weightsSha256());
    assertEquals(List.of(expected), state.slotsSha256());
  }

  @Test
  void slotsAreAsLongAsTheWeights() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new TrainingState(0, new float[3], List.of(new float[2])));
    assertEquals("a slot is as long as the weights; got 2 for weights=3", error.getMessage());
  }
}
