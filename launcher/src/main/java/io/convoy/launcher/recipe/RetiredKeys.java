package io.convoy.launcher.recipe;

import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * The keys and types that recipes once had. Who still writes one is told what replaced it, not that
 * nobody knows it.
 *
 * <p>A key that is renamed or taken away gets a line here in the same change; lines stay. A test
 * holds the list to the keys that were there.
 */
record RetiredKeys(List<RetiredKey> keys) {
  /** All so far: none. */
  static final RetiredKeys ALL = new RetiredKeys(List.of());

  RetiredKeys {
    keys = List.copyOf(keys);
  }

  /**
   * Refuses a key that is retired.
   *
   * @param place what the message starts with, empty at the top of a recipe
   * @param owner the path of what the key stands in
   * @throws ConvoyException of kind USAGE that says since when, and what to write instead
   */
  void refuse(String place, RecipePath owner, String key) {
    refuse(place, owner.key(key), "key", key);
  }

  /** The same for the type that an object names, where it is no known one. */
  void refuseType(String place, RecipePath path, String type) {
    refuse(place, path.type(type), "type", type);
  }

  private void refuse(String place, RecipePath path, String what, String word) {
    for (RetiredKey retired : keys) {
      if (retired.path().equals(path.text())) {
        throw ConvoyException.usage(
            "%s%s '%s' was retired in Convoy %s: %s",
            place.isEmpty() ? "" : place + ": ", what, word, retired.since(), retired.instead());
      }
    }
  }
}
