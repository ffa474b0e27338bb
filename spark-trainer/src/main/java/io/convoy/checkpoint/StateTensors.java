package io.convoy.checkpoint;

import io.convoy.error.ConvoyException;
import io.convoy.format.SafetensorsHeader.Tensor;
import io.convoy.format.TensorSlice;
import io.convoy.network.StateLayout;
import io.convoy.train.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A training state as named tensors, in the layout's order: {@code conv1.weight} for weights and
 * moving averages, {@code momentum/conv1.weight} for the optimizer's state of what it moves.
 */
final class StateTensors {
  private StateTensors() {}

  static List<TensorSlice> weights(StateLayout layout, float[] weights) {
    return layout.entries().stream().map(entry -> slice("", entry, weights)).toList();
  }

  static List<TensorSlice> slots(StateLayout layout, List<String> names, List<float[]> slots) {
    List<TensorSlice> slices = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      for (StateLayout.Entry entry : layout.trained()) {
        slices.add(slice(names.get(i) + "/", entry, slots.get(i)));
      }
    }
    return slices;
  }

  private static TensorSlice slice(String prefix, StateLayout.Entry entry, float[] array) {
    return new TensorSlice(prefix + entry.name(), entry.parameter().shape(), array, entry.offset());
  }

  /**
   * Makes sure that a state is worth keeping.
   *
   * @throws ConvoyException of kind DIVERGED that names the first array with a NaN or infinity
   */
  static void requireFinite(StateLayout layout, List<String> slotNames, TrainingState state) {
    List<TensorSlice> all = new ArrayList<>(weights(layout, state.weights()));
    all.addAll(slots(layout, slotNames, state.slots()));
    if (state.average() != null) {
      String prefix = state.ema() == null ? "swa/" : "ema/";
      layout.entries().forEach(entry -> all.add(slice(prefix, entry, state.average())));
    }
    for (TensorSlice slice : all) {
      int elements = slice.shape().elements();
      for (int i = 0; i < elements; i++) {
        float value = slice.array()[slice.offset() + i];
        if (!Float.isFinite(value)) {
          throw new ConvoyException(
              ConvoyException.Kind.DIVERGED,
              "step %s: %s[%s] is %s; a state is saved only when all of it is finite: start a new"
                      .formatted(state.step(), slice.name(), i, value)
                  + " run with a lower learning rate or more warm-up");
        }
      }
    }
  }

  /**
   * Makes sure that a file's tensors are those that the network wants.
   *
   * @throws ConvoyException of kind USAGE that names the first difference
   */
  static void requireSame(List<Tensor> found, List<TensorSlice> wanted, Object file) {
    for (int i = 0; i < Math.max(found.size(), wanted.size()); i++) {
      Tensor tensor = i < found.size() ? found.get(i) : null;
      TensorSlice slice = i < wanted.size() ? wanted.get(i) : null;
      if (tensor != null
          && slice != null
          && tensor.name().equals(slice.name())
          && tensor.isOf(slice.shape())) {
        continue;
      }
      throw ConvoyException.usage(
          "%s does not fit the network: its tensor %d is %s, the network wants %s; use the recipe"
              + " that the run was started with",
          file,
          i,
          tensor == null ? "missing" : tensor.name() + " " + tensor.shape(),
          slice == null
              ? "no more"
              : slice.name() + " " + Arrays.toString(slice.shape().toArray()));
    }
  }
}
