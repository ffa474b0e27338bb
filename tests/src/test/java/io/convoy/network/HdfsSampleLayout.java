package io.convoy.network;

import io.convoy.init.Initializer;
import io.convoy.layer.Parameter;
import io.convoy.layer.Parameter.Role;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** What the HDFS tests save: weights, biases and moving averages. */
public final class HdfsSampleLayout {
  private HdfsSampleLayout() {}

  /** Convolution, batch norm and a dense layer of {@code features} inputs. */
  public static StateLayout of(int features) {
    List<StateLayout.Entry> entries = new ArrayList<>();
    add(entries, "conv1", "weight", Role.WEIGHT, Shape.of(5, 3, 3, 3));
    add(entries, "conv1", "bias", Role.BIAS, Shape.of(5));
    add(entries, "norm1", "running_mean", Role.RUNNING_MEAN, Shape.of(5));
    add(entries, "norm1", "running_var", Role.RUNNING_VARIANCE, Shape.of(5));
    add(entries, "dense", "weight", Role.WEIGHT, Shape.of(7, features));
    return new StateLayout(entries, List.of());
  }

  private static void add(
      List<StateLayout.Entry> entries, String layer, String name, Role role, Shape shape) {
    int offset = 0;
    for (StateLayout.Entry entry : entries) {
      offset += entry.length();
    }
    Parameter parameter = new Parameter(name, shape, role, Initializer.ZEROS, 1, 1);
    entries.add(new StateLayout.Entry(layer + "." + name, parameter, offset));
  }
}
