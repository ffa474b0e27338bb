package io.convoy.benchmarks.timing;

import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * The peers on the class path, and the environment that they need: their threads must be as many as
 * ours, and must sleep while they have nothing to do, or they would spin into our rounds.
 */
public final class Peers {
  private static final String NONE = "none";

  private Peers() {}

  /**
   * The wanted implementations of a service.
   *
   * @param name what an implementation is called
   * @param wanted names, with their blanks or without; null for all that there are
   * @throws ConvoyException when one is missing, or the environment would let them spin
   */
  public static <T> List<T> load(
      Class<T> service, Function<T, String> name, List<String> wanted, int threads) {
    if (wanted != null && wanted.contains(NONE)) {
      return List.of();
    }
    List<T> peers = new ArrayList<>();
    List<String> known = new ArrayList<>();
    List<String> names = wanted == null ? null : wanted.stream().map(Peers::plain).toList();
    for (T peer : ServiceLoader.load(service)) {
      String plain = plain(name.apply(peer));
      known.add(plain);
      if (names == null || names.contains(plain)) {
        peers.add(peer);
      }
    }
    if (names != null && !known.containsAll(names)) {
      throw ConvoyException.usage(
          "the peers on the class path are %s; wanted %s: build with -Ppeers", known, names);
    }
    if (!peers.isEmpty()) {
      requireSettings(System.getenv(), threads);
    }
    return peers;
  }

  private static String plain(String name) {
    return name.replace(" ", "");
  }

  /** Refuses an environment in which peers would spin or have other threads than ours. */
  static void requireSettings(Map<String, String> environment, int threads) {
    Map<String, String> settings =
        Map.of(
            "OMP_NUM_THREADS", String.valueOf(threads),
            "OPENBLAS_NUM_THREADS", String.valueOf(threads),
            "OMP_WAIT_POLICY", "PASSIVE",
            "KMP_BLOCKTIME", "0",
            "OPENBLAS_THREAD_TIMEOUT", "4");
    settings.forEach(
        (key, value) -> {
          if (!value.equals(environment.get(key))) {
            throw ConvoyException.usage(
                "beside peers %s must be %s in the environment; it is %s: scripts/bench sets it",
                key, value, environment.get(key));
          }
        });
  }
}
