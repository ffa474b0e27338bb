package io.convoy.data.reader;

import java.util.List;

/**
 * What a recipe says of how a set is read.
 *
 * @param channels 1 (grey) or 3 (RGB), where the files leave that open
 * @param classes the names of the classes, by label; empty for those that the files have
 * @param pathColumn of a table, the column of the images' paths; null for one of the usual names
 * @param labelColumn likewise, of the labels
 * @param labelDelimiter what stands between the labels of an image; null where it has one
 */
public record Reading(
    int channels,
    List<String> classes,
    String pathColumn,
    String labelColumn,
    String labelDelimiter) {
  public Reading {
    classes = List.copyOf(classes);
  }

  /** All but the channels as the files have it. */
  public static Reading of(int channels) {
    return new Reading(channels, List.of(), null, null, null);
  }
}
