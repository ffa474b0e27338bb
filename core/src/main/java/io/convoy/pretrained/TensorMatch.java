package io.convoy.pretrained;

import io.convoy.error.ConvoyException;
import io.convoy.network.Heads;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.recipe.FineTuning.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which array of a network each tensor of others is. Names are those of torchvision's state
 * dictionaries, which the networks of the zoo have as well, or Convoy's own.
 *
 * <ul>
 *   <li>{@code module.} before a name is taken off: a wrapper of PyTorch puts it there.
 *   <li>{@code num_batches_tracked} is passed over: it counts steps, for averages that Convoy does
 *       not take.
 *   <li>{@code denselayer1.norm.1}, as the published files of DenseNet have it, is {@code
 *       denselayer1.norm1}.
 *   <li>A dense weight [out, in] and a convolution's [out, C, H, W] are the same numbers in the
 *       same order.
 * </ul>
 */
final class TensorMatch {
  private static final String WRAPPER = "module.";

  private final Network network;
  private final Head head;
  private final String place;
  private final Set<String> heads;
  private final Map<String, StateLayout.Entry> wanted = new LinkedHashMap<>();
  private final Map<String, String> takenBy = new HashMap<>();
  private final List<String> skipped = new ArrayList<>();
  private int wrapped;
  private int counters;

  TensorMatch(Network network, Head head, String place) {
    this.network = network;
    this.head = head;
    this.place = place;
    heads = Heads.of(network);
    network.layout().entries().forEach(entry -> wanted.put(entry.name(), entry));
  }

  /**
   * Where a tensor goes; empty where it is passed over.
   *
   * @param name as others call it
   * @param shape its extents in canonical order
   * @throws ConvoyException of kind USAGE when its shape is not that of its array; DATA when
   *     another tensor is the same array
   */
  Optional<StateLayout.Entry> target(String name, List<Long> shape) {
    String own = ownName(name);
    if (own.endsWith(".num_batches_tracked")) {
      counters++;
      return Optional.empty();
    }
    StateLayout.Entry entry = wanted.get(own);
    if (entry == null || (head == Head.REPLACE && isOfHead(own))) {
      skipped.add(name);
      return Optional.empty();
    }
    String before = takenBy.putIfAbsent(own, name);
    if (before != null) {
      throw ConvoyException.data("%s: %s and %s are both '%s'", place, before, name, own);
    }
    List<Long> extents =
        Arrays.stream(entry.parameter().shape().toArray()).mapToObj(Long::valueOf).toList();
    if (!isSame(shape, extents)) {
      throw otherShape(name, shape, extents, isOfHead(own));
    }
    return Optional.of(entry);
  }

  private String ownName(String name) {
    String own = name;
    if (own.startsWith(WRAPPER)) {
      own = own.substring(WRAPPER.length());
      wrapped++;
    }
    return own.replaceFirst("(denselayer[0-9]+\\.(?:norm|conv))\\.([12]\\.)", "$1$2");
  }

  private boolean isOfHead(String array) {
    return heads.contains(StateLayout.layer(array));
  }

  /** Alike, or a dense weight beside that of a convolution. */
  private static boolean isSame(List<Long> found, List<Long> wanted) {
    if (Math.min(found.size(), wanted.size()) != 2 || Math.max(found.size(), wanted.size()) != 4) {
      return found.equals(wanted);
    }
    return found.get(0).equals(wanted.get(0)) && elements(found) == elements(wanted);
  }

  private static long elements(List<Long> extents) {
    return extents.stream().reduce(1L, (a, b) -> a * b); // a file has so many: none overflows
  }

  private ConvoyException otherShape(
      String name, List<Long> found, List<Long> wanted, boolean ofHead) {
    return ConvoyException.usage(
        "%s: the tensor '%s' has the shape %s, the network wants %s: %s",
        place,
        name,
        found,
        wanted,
        ofHead
            ? "where the classes are others, set fineTuning.head: replace, by which the last layer"
                + " starts anew"
            : "use the network that the weights are of");
  }

  /**
   * Makes sure that something came of it, when all tensors were asked for.
   *
   * @throws ConvoyException of kind USAGE when no tensor is an array of the network
   */
  void requireAny() {
    if (takenBy.isEmpty()) {
      throw ConvoyException.usage(
          "%s: none of its tensors is an array of the network: its names are like %s, the network's"
              + " like %s",
          place, few(skipped), few(List.copyOf(wanted.keySet())));
    }
  }

  /**
   * What came of it.
   *
   * @param notes further ones
   */
  StartReport report(String sha256, List<String> notes) {
    List<String> all = new ArrayList<>();
    if (wrapped > 0) {
      all.add("'%s' taken off %s names".formatted(WRAPPER, wrapped));
    }
    if (counters > 0) {
      all.add("%s num_batches_tracked passed over".formatted(counters));
    }
    all.addAll(notes);
    List<String> names = network.layout().entries().stream().map(StateLayout.Entry::name).toList();
    return new StartReport(
        place,
        sha256,
        names.stream().filter(takenBy::containsKey).toList(),
        names.stream().filter(name -> !takenBy.containsKey(name)).toList(),
        skipped,
        all);
  }

  private static List<String> few(List<String> names) {
    return names.subList(0, Math.min(3, names.size()));
  }
}
