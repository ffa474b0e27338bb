package io.convoy.launcher.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.explain.RgbImage;
import io.convoy.explain.Thumbnail;
import io.convoy.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pictures by the names of their files: each as a PNG, and as a page holds it. */
final class PictureFiles {
  private static final int LONGEST = 40;

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final ObjectNode addresses = Json.object();

  /**
   * Adds a picture.
   *
   * @param name of its file, without an ending
   * @param side pixels of the longer side in the page, if it is not small
   * @return the name of its file
   */
  String add(String name, RgbImage picture, int side) {
    String file = add(name, picture);
    addresses.put(file, Thumbnail.address(picture, side));
    return file;
  }

  /** Likewise, of one that is no part of the page. */
  String add(String name, RgbImage picture) {
    String file = name + ".png";
    files.put(file, Thumbnail.png(picture));
    return file;
  }

  /** PNGs by name, in the order in which they came. */
  Map<String, byte[]> files() {
    return files;
  }

  /** Addresses that are the pictures themselves, by the names of their files. */
  ObjectNode addresses() {
    return addresses;
  }

  /** What a file's name can hold of a word: letters, digits and hyphens of ASCII. */
  static String clean(String word) {
    String clean = word.replaceAll("[^A-Za-z0-9_]+", "-").replaceAll("^-+|-+$", "");
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
  }
}
