package io.convoy.train;

import io.convoy.format.LittleEndianFloats;
import java.util.List;

/**
 * What a training has come to after a number of steps: all that the next step needs. The arrays are
 * not copied; whoever hands a state on gives them up, so that it may be saved while training goes
 * on. Two states are equal only when they share their arrays.
 *
 * @param step steps done, at least 0
 * @param weights the state vector in the order of {@code StateLayout}: parameters and moving
 *     averages
 * @param slots the optimizer's state, one array as long as {@code weights} for each of its slots;
 *     zero where {@code weights} has moving averages
 */
public record TrainingState(long step, float[] weights, List<float[]> slots) {
  public TrainingState {
    slots = List.copyOf(slots);
    if (step < 0) {
      throw new IllegalArgumentException("step must be at least 0; got " + step);
    }
    for (float[] slot : slots) {
      if (slot.length != weights.length) {
        throw new IllegalArgumentException(
            "a slot is as long as the weights; got slot=%d weights=%d"
                .formatted(slot.length, weights.length));
      }
    }
  }

  /**
   * SHA-256, in hexadecimal, of the weights as little-endian floats in canonical order: that of the
   * data section of this state's {@code weights.safetensors}.
   */
  public String weightsSha256() {
    return LittleEndianFloats.sha256(weights);
  }

  /** SHA-256 of each optimizer slot as little-endian floats in canonical order, in hexadecimal. */
  public List<String> slotsSha256() {
    return slots.stream().map(LittleEndianFloats::sha256).toList();
  }
}
