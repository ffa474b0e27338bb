package io.convoy.health;

import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.recipe.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the owner of chunks sees of {@link StepHealth}: how far its weights move. */
public final class ChunkHealth {
  private final Network network;
  private final List<Chunk> chunks;

  /** For each chunk of weights the name of their layer; null for others. */
  private final String[] layers;

  private final UpdateRatio[] ratios;
  private long step;
  private boolean due;

  /** Of a training by a recipe. */
  public ChunkHealth(Recipe recipe) {
    network = recipe.network();
    chunks = network.layout().chunks();
    layers = new String[chunks.size()];
    ratios = new UpdateRatio[chunks.size()];
    Map<Integer, StateLayout.Entry> weights = new HashMap<>();
    UpdateRatio.weights(recipe).forEach(entry -> weights.put(entry.offset(), entry));
    StateLayout.Entry entry = null;
    for (int c = 0; c < layers.length; c++) {
      int from = chunks.get(c).from();
      entry = weights.getOrDefault(from, entry);
      if (entry != null && from < entry.offset() + entry.length()) {
        layers[c] = layer(entry);
      }
    }
  }

  private static String layer(StateLayout.Entry entry) {
    return entry.name().substring(0, entry.name().lastIndexOf('.'));
  }

  /** Turns to a step, from 0. */
  public void begin(long number) {
    step = number + 1;
    due = StepHealth.isDue(step);
    if (due) {
      Arrays.fill(ratios, null);
    }
  }

  /**
   * A chunk is updated. Threads may tell of several at once.
   *
   * @param state still as it was before the step
   * @param weights the chunk's new ones
   */
  public void update(int chunk, float[] state, float[] weights) {
    if (due && layers[chunk] != null) {
      Chunk place = chunks.get(chunk);
      ratios[chunk] = UpdateRatio.of(state, place.from(), weights, 0, place.length());
    }
  }

  /**
   * What was seen, once all own chunks are updated.
   *
   * @param deadShares of rectifiers, by their names; none where nobody has looked here
   */
  public StepHealth health(Map<String, Double> deadShares) {
    Map<String, UpdateRatio> updates = new HashMap<>();
    for (int c = 0; c < ratios.length; c++) {
      if (ratios[c] != null) {
        updates.merge(layers[c], ratios[c], UpdateRatio::and);
      }
    }
    List<String> weighted = Arrays.asList(layers);
    List<StepHealth.Layer> told = new ArrayList<>();
    for (Node node : network.nodes()) {
      String name = node.name();
      if (weighted.contains(name) || DeadUnits.rectifies(node)) {
        told.add(new StepHealth.Layer(name, updates.get(name), deadShares.get(name)));
      }
    }
    return new StepHealth(step, told);
  }
}
