package io.convoy.health;

import io.convoy.execution.PassObserver;
import io.convoy.layer.Relu;
import io.convoy.layer.Relu6;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Of each rectifier the share of channels that are zero for all samples that were looked at, at all
 * pixels: no gradient comes through these. Where a maximum over windows is computed together with
 * the rectifier before it, its output tells: what is no maximum has no gradient either.
 */
public final class DeadUnits {
  private final Map<String, Channels> rectifiers = new LinkedHashMap<>();
  private int samples;

  /** Which channels of a rectifier were seen to be other than zero. */
  private static final class Channels {
    private final boolean[] alive;
    private int dead;

    Channels(int count) {
      alive = new boolean[count];
      dead = count;
    }

    void look(Tensor output, int samples) {
      for (int n = 0; n < samples && dead > 0; n++) {
        for (int h = 0; h < output.shape().height() && dead > 0; h++) {
          lookAlong(output, n, h);
        }
      }
    }

    private void lookAlong(Tensor output, int n, int h) {
      float[] data = output.data();
      for (int w = 0; w < output.shape().width(); w++) {
        int from = output.at(n, h, w);
        for (int c = 0; c < alive.length; c++) {
          if (data[from + c] != 0 && !alive[c]) {
            alive[c] = true;
            dead--;
          }
        }
      }
    }
  }

  /** Of what training computes; nothing was looked at yet. */
  public DeadUnits(Network network) {
    for (Node node : network.trainingNodes()) {
      if (rectifies(node)) {
        rectifiers.put(node.name(), new Channels(node.shape().channels()));
      }
    }
  }

  /** Whether a layer's output is zero wherever its input is below zero. */
  static boolean rectifies(Node node) {
    return node.layer() instanceof Relu || node.layer() instanceof Relu6;
  }

  /** The names of a network's rectifiers, in its order. */
  public List<String> rectifiers() {
    return List.copyOf(rectifiers.keySet());
  }

  /** Looks at forward passes over so many samples. */
  public PassObserver over(int count) {
    samples = count;
    return this::look;
  }

  private void look(List<Node> layers, Tensor output) {
    for (Node layer : layers) {
      Channels channels = rectifiers.get(layer.name());
      if (channels != null) {
        channels.look(output, samples);
      }
    }
  }

  /**
   * The shares, by the rectifiers' names, in the network's order; 1 of each that was not looked at.
   */
  public Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    rectifiers.forEach(
        (name, channels) -> shares.put(name, (double) channels.dead / channels.alive.length));
    return shares;
  }
}
