package io.convoy.data.examine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.image.ImageFormat;
import java.util.Optional;

/**
 * What was found out about a file by reading all of it: a function of its bytes alone.
 *
 * @param path the store's own
 * @param length in bytes
 * @param modified when it was last changed, in milliseconds since 1970
 * @param sha256 of its bytes, in hexadecimal
 * @param format by its first bytes; null where they are of none that is read
 * @param height in pixels, upright; 0 where it is damaged
 * @param width likewise
 * @param extraneousBytes that its format does not provide for, and that were passed over
 * @param lacksScans whether a progressive JPEG is coarse, since scans of it are missing
 * @param damage why it cannot be decoded; null where it can
 */
public record Examined(
    @JsonProperty(required = true) String path,
    @JsonProperty(required = true) long length,
    @JsonProperty(required = true) long modified,
    @JsonProperty(required = true) String sha256,
    @JsonInclude(JsonInclude.Include.NON_NULL) ImageFormat format,
    int height,
    int width,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int extraneousBytes,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean lacksScans,
    @JsonInclude(JsonInclude.Include.NON_NULL) String damage) {

  /** Whether it is this file as it is now, by its length and the time of its change. */
  boolean isOf(StoredImage file) {
    return path.equals(file.path()) && length == file.length() && modified == file.modified();
  }

  /** Whether its pixels cannot be decoded. */
  public boolean damaged() {
    return damage != null;
  }

  /** What is odd about its name, in words: an ending of another format. */
  Optional<String> mislabelled() {
    Optional<ImageFormat> named = ImageFormat.ofName(path);
    return format == null || named.isEmpty() || named.get() == format
        ? Optional.empty()
        : Optional.of(
            "named as %s, but %s by its first bytes: read as that"
                .formatted(named.get().title(), format.title()));
  }
}
