package io.convoy.train;

import io.convoy.format.LittleEndianFloats;
import io.convoy.recipe.Recipe;
import java.util.ArrayList;
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
 * @param ema the averaged weights, as long as {@code weights}; null where the recipe has no {@code
 *     ema}
 * @param swa likewise of a recipe with {@code swa}; one of the two is null
 */
public record TrainingState(
    long step, float[] weights, List<float[]> slots, float[] ema, float[] swa) {
  public TrainingState {
    slots = List.copyOf(slots);
    if (step < 0) {
      throw new IllegalArgumentException("step must be at least 0; got " + step);
    }
    for (float[] slot : slots) {
      requireLength("a slot is", slot, weights);
    }
    if (ema != null && swa != null) {
      throw new IllegalArgumentException("a state has one average of the weights; got two");
    }
    float[] average = ema == null ? swa : ema;
    if (average != null) {
      requireLength("averaged weights are", average, weights);
    }
  }

  private static void requireLength(String what, float[] array, float[] weights) {
    if (array.length != weights.length) {
      throw new IllegalArgumentException(
          "%s as long as the weights; got %s for weights=%s"
              .formatted(what, array.length, weights.length));
    }
  }

  /** A state without averaged weights. */
  public TrainingState(long step, float[] weights, List<float[]> slots) {
    this(step, weights, slots, null, null);
  }

  /** Of a recipe with {@code ema}, or without averaged weights where that is null. */
  public TrainingState(long step, float[] weights, List<float[]> slots, float[] ema) {
    this(step, weights, slots, ema, null);
  }

  /**
   * The state of a recipe's training from its {@link #arrays}.
   *
   * @param arrays {@link Recipe#stateArrays} of them
   */
  public static TrainingState of(Recipe recipe, long step, List<float[]> arrays) {
    int slots = recipe.optimizer().slots().size();
    return new TrainingState(
        step,
        arrays.get(0),
        arrays.subList(1, 1 + slots),
        recipe.ema() == null ? null : arrays.get(1 + slots),
        recipe.swa() == null ? null : arrays.get(1 + slots));
  }

  /** Weights, slots and, where there are some, averaged weights, in this order. */
  public List<float[]> arrays() {
    List<float[]> arrays = new ArrayList<>();
    arrays.add(weights);
    arrays.addAll(slots);
    if (average() != null) {
      arrays.add(average());
    }
    return arrays;
  }

  /** The same with other averaged weights of a recipe with {@code swa}. */
  public TrainingState withSwa(float[] averaged) {
    return new TrainingState(step, weights, slots, null, averaged);
  }

  /** A copy that shares no array. */
  public TrainingState copy() {
    return new TrainingState(
        step,
        weights.clone(),
        slots.stream().map(float[]::clone).toList(),
        ema == null ? null : ema.clone(),
        swa == null ? null : swa.clone());
  }

  /** The averaged weights, of whichever kind; null where there are none. */
  public float[] average() {
    return ema == null ? swa : ema;
  }

  /** What the training is for: the averaged weights where there are some, else the weights. */
  public float[] inferenceWeights() {
    return average() == null ? weights : average();
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

  /** SHA-256 of each of {@link #arrays}: equal for states that are equal bit for bit. */
  public List<String> arraysSha256() {
    return arrays().stream().map(LittleEndianFloats::sha256).toList();
  }
}
