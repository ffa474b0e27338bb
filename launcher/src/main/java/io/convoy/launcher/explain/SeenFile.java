package io.convoy.launcher.explain;

import java.util.Locale;

/**
 * An image that is explained.
 *
 * @param number from 1
 * @param place of its file
 * @param bytes as the network sees it
 * @param probabilities one a class, as prediction gives them
 */
record SeenFile(int number, String place, byte[] bytes, double[] probabilities) {
  /** How the names of its pictures begin: they tell images apart, whatever these are called. */
  String stem() {
    String name = place.substring(place.lastIndexOf('/') + 1);
    int ending = name.lastIndexOf('.');
    String clean = PictureFiles.clean(ending > 0 ? name.substring(0, ending) : name);
    String head = String.format(Locale.ROOT, "%03d", number);
    return clean.isEmpty() ? head : head + "-" + clean;
  }
}
