package io.convoy.pack;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.Locale;

/**
 * A file of a packed set.
 *
 * @param name in the set's folder
 * @param bytes its length
 * @param groups its row groups, in the order in which they lie in it, at least one
 */
public record PackedFile(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) long bytes,
    @JsonProperty(required = true) List<PackedGroup> groups) {
  public PackedFile {
    groups = List.copyOf(groups);
    if (!name.matches("part-\\d{5,9}\\.parquet")) {
      throw ConvoyException.data("files are named part-NNNNN.parquet; got '%s'", name);
    }
    long end = 0;
    for (PackedGroup group : groups) {
      if (group.offset() < end || group.end() > bytes) {
        throw ConvoyException.data(
            "%s: row groups lie in the file of %d bytes one behind the other; got one at %d of %d"
                + " bytes",
            name, bytes, group.offset(), group.bytes());
      }
      end = group.end();
    }
    if (groups.isEmpty()) {
      throw ConvoyException.data("%s: a file has a row group at least; got none", name);
    }
  }

  /** The name of a file. */
  public static String name(int number) {
    return String.format(Locale.ROOT, "part-%05d.parquet", number);
  }

  /** The first byte behind all groups: from there on, the file describes itself. */
  long footer() {
    return groups.get(groups.size() - 1).end();
  }
}
