package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Chunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What all ranks hand back is the whole state, each float once. */
class StateSlicesTest {
  private static void roundTrip(Network network, int ranks, int arrays) {
    List<Chunk> chunks = network.layout().chunks();
    int length = network.layout().length();
    List<float[]> state = new ArrayList<>();
    List<float[]> received = new ArrayList<>();
    for (int a = 0; a < arrays; a++) {
      float[] array = new float[length];
      for (int i = 0; i < length; i++) {
        array[i] = i + 0.25f * a;
      }
      state.add(array);
      received.add(new float[length]);
    }
    for (int rank = 0; rank < ranks; rank++) {
      List<float[]> slices = StateSlices.owned(chunks, rank, ranks, state);
      assertEquals(StateSlices.count(chunks, rank, ranks, arrays), slices.size());
      StateSlices.Receiver receiver = new StateSlices.Receiver(chunks, rank, ranks, received);
      for (float[] slice : slices) {
        receiver.accept(slice);
      }
    }
    for (int a = 0; a < arrays; a++) {
      assertArrayEquals(state.get(a), received.get(a));
    }
  }

  @Test
  void smallStates() {
    Network network =
        Network.input(9, 9, 3)
            .then(Conv2d.of(70, 3))
            .then(BatchNorm2d.standard())
            .then(new Flatten())
            .then(Linear.of(11))
            .build();
    for (int ranks = 1; ranks <= 40; ranks++) { // more ranks than chunks, too
      roundTrip(network, ranks, 1 + ranks % 3);
    }
  }

  @Test
  @Tag("slow")
  void statesOfSeveralSlices() {
    Network network = Network.input(4099).then(Linear.of(4099)).then(Linear.of(3)).build();
    roundTrip(network, 1, 2);
    roundTrip(network, 3, 2);
  }

  @Test
  void cutAndJoin() {
    float[] array = new float[StateSlices.SLICE + 5];
    array[StateSlices.SLICE] = 3f;
    List<float[]> slices = StateSlices.cut(array);
    assertEquals(2, slices.size());
    assertEquals(5, slices.get(1).length);
    assertArrayEquals(array, StateSlices.join(slices));
  }
}
