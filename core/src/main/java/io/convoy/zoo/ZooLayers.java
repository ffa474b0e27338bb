package io.convoy.zoo;

import io.convoy.init.Normal;
import io.convoy.layer.Layer;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import java.util.List;

/** Layers that several architectures have alike. */
final class ZooLayers {
  private ZooLayers() {}

  /** Layers one behind the other, named by their places, as in PyTorch's {@code Sequential}. */
  static void numbered(Network.Builder network, String prefix, List<Layer> layers) {
    for (int i = 0; i < layers.size(); i++) {
      network.then(prefix + i, layers.get(i));
    }
  }

  /** A dense layer that starts at a deviation of 0.01. */
  static Linear dense(int outFeatures) {
    return Linear.of(outFeatures).withInitializer(new Normal(0.01));
  }
}
