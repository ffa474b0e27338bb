package io.convoy.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What trials are drawn from. The value of a key is a function of (seed, trial, key): another range
 * beside it, or more trials, change none of the values that were drawn before.
 *
 * @param ranges of keys, at least one, each of another key
 */
public record SearchSpace(List<SearchRange> ranges) {
  public SearchSpace {
    ranges = List.copyOf(ranges);
    if (ranges.isEmpty()) {
      throw ConvoyException.usage(
          "there is nothing to search: give a range, such as --range schedule.rate=1e-3..1e-1");
    }
    List<String> keys = ranges.stream().map(SearchRange::key).toList();
    for (String key : keys) {
      if (keys.indexOf(key) != keys.lastIndexOf(key)) {
        throw ConvoyException.usage("%s has two ranges: take one of them away", key);
      }
    }
  }

  /** The values of a trial by their keys, in the order of the ranges. */
  public Map<String, JsonNode> draw(long seed, int trial) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (SearchRange range : ranges) {
      RandomStream stream = new RandomStream(seed, Purpose.SEARCH, number(range.key()));
      stream.at(0, trial);
      values.put(range.key(), range.draw(stream.uniform(0)));
    }
    return values;
  }

  private static int number(String key) {
    return ByteBuffer.wrap(Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8))).getInt();
  }
}
