package io.convoy.network;

import io.convoy.error.ConvoyException;
import io.convoy.init.Initializer;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Parameter;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each parameter and moving average of a network stands in its state vector, one flat {@code
 * float[]}: layer after layer in the graph's order, each array in its canonical order (OIHW),
 * without gaps. This order is final: it is that of {@code weights.safetensors}, of {@code
 * weightsSha256} and of what crosses the wire.
 *
 * <p>Gradients have the same layout; where the state has a running mean and variance, a gradient
 * vector has the batch's mean and M2 (its sum of squared deviations).
 */
public final class StateLayout {
  /** Floats of a chunk at the most, a unit of the exchange: part of the numerics contract. */
  public static final int CHUNK = 8192;

  /**
   * One array of the state.
   *
   * @param name layer and parameter, such as {@code conv1.weight}
   * @param parameter what it is
   * @param offset its first float
   */
  public record Entry(String name, Parameter parameter, int offset) {
    /** The name of the layer. */
    public String layer() {
      return StateLayout.layer(name);
    }

    public int length() {
      return parameter.shape().elements();
    }
  }

  /** What happens to a chunk of gradients. */
  public enum Kind {
    /** Gradients: added, divided by the batch, given to the optimizer. */
    GRADIENT,
    /** Mean and M2 of a batch norm: combined by Chan's formula, moved into the averages. */
    MOMENTS
  }

  /**
   * A piece of the state that is owned as a whole.
   *
   * @param from first float
   * @param to after the last float
   * @param decays whether weight decay applies in any case (a weight), else only on wish
   * @param positions for moments: values per sample and channel (pixels), else 0
   * @param momentum for moments: the share of the new batch in the moving averages, else 0
   */
  public record Chunk(int from, int to, Kind kind, boolean decays, int positions, float momentum) {
    public int length() {
      return to - from;
    }
  }

  private final List<Entry> entries;
  private final List<Chunk> chunks;
  private final int length;

  /** The layout of a network's nodes in their order. */
  static StateLayout of(List<Node> nodes) {
    List<Entry> entries = new ArrayList<>();
    List<Chunk> chunks = new ArrayList<>();
    int offset = 0;
    for (Node node : nodes) {
      for (Parameter parameter : parameters(node)) {
        Entry entry = new Entry(node.name() + "." + parameter.name(), parameter, offset);
        entries.add(entry);
        requireRoom(node, offset, entry.length());
        offset += entry.length();
        addChunks(chunks, node, entry);
      }
    }
    return new StateLayout(entries, chunks);
  }

  private static List<Parameter> parameters(Node node) {
    try {
      return node.layer().parameters(node.inputShapes());
    } catch (ConvoyException e) {
      throw new ConvoyException(
          e.kind(), "layer '%s': %s".formatted(node.name(), e.getMessage()), e);
    }
  }

  /** One array holds the state, and a chunk's end is reckoned a chunk beyond it. */
  private static void requireRoom(Node node, int offset, int length) {
    int most = Integer.MAX_VALUE - CHUNK;
    if (length > most - offset) {
      throw ConvoyException.usage(
          "layer '%s': the parameters and averages of a network must be at most %d; up to here they"
              + " are %d: use fewer channels or features",
          node.name(), most, (long) offset + length);
    }
  }

  private static void addChunks(List<Chunk> chunks, Node node, Entry entry) {
    int end = entry.offset() + entry.length();
    switch (entry.parameter().role()) {
      case WEIGHT, BIAS -> {
        boolean decays = entry.parameter().role() == Parameter.Role.WEIGHT;
        for (int from = entry.offset(); from < end; from += CHUNK) {
          chunks.add(new Chunk(from, Math.min(end, from + CHUNK), Kind.GRADIENT, decays, 0, 0f));
        }
      }
      case RUNNING_MEAN -> {
        BatchNorm2d norm = (BatchNorm2d) node.layer();
        int positions = node.shape().height() * node.shape().width();
        int to = end + entry.length(); // the variance stands right behind the mean
        chunks.add(new Chunk(entry.offset(), to, Kind.MOMENTS, false, positions, norm.momentum()));
      }
      case RUNNING_VARIANCE -> {}
    }
  }

  StateLayout(List<Entry> entries, List<Chunk> chunks) {
    this.entries = List.copyOf(entries);
    this.chunks = List.copyOf(chunks);
    Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
    this.length = last == null ? 0 : last.offset() + last.length();
  }

  /** The name of the layer that an array belongs to, by the array's. */
  public static String layer(String array) {
    return array.substring(0, array.lastIndexOf('.'));
  }

  public List<Entry> entries() {
    return entries;
  }

  /** The chunks in ascending order; together they cover the state. */
  public List<Chunk> chunks() {
    return chunks;
  }

  /** The array that a chunk is a piece of; of moments, that of the running mean. */
  public Entry entry(Chunk chunk) {
    int low = 0;
    int high = entries.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (entries.get(middle).offset() <= chunk.from()) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return entries.get(low);
  }

  /** Floats of the state. */
  public int length() {
    return length;
  }

  /** Floats that the optimizer moves: the number of parameters of the network. */
  public long trainedParameters() {
    return trained().stream().mapToLong(Entry::length).sum();
  }

  /** The entries that the optimizer moves, in order. */
  public List<Entry> trained() {
    List<Entry> trained = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.parameter().role().trained()) {
        trained.add(entry);
      }
    }
    return trained;
  }

  /** The state at the start of a training: a function of the network and the seed. */
  public float[] initialState(long seed) {
    float[] state = new float[length];
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Parameter parameter = entry.parameter();
      Initializer initializer = parameter.initializer();
      initializer.fill(
          state,
          entry.offset(),
          entry.length(),
          parameter.fanIn(),
          parameter.fanOut(),
          new RandomStream(seed, Purpose.INITIALISATION, i));
    }
    return state;
  }
}
