package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StateSlicesTest {
  @Test
  void whatIsCutCanBeJoined() {
    float[] array = new float[StateSlices.SLICE + 5];
    array[StateSlices.SLICE] = 3f;
    List<float[]> slices = StateSlices.cut(array);
    assertEquals(2, slices.size());
    assertEquals(5, slices.get(1).length);
    assertArrayEquals(array, StateSlices.join(slices));
  }
}
