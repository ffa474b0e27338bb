package io.convoy.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.folder.LeftOut;
import java.util.List;

/**
 * A part whose rows are written, to the last.
 *
 * @param number of the part, from 0
 * @param file name of its rows' file; null where it has none
 * @param bytes of that file
 * @param images rows
 * @param failed rows of images that could not be read
 * @param errors of the first of those
 * @param leftOut what is no image
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DonePart(
    @JsonProperty(required = true) int number,
    String file,
    @JsonProperty(required = true) long bytes,
    @JsonProperty(required = true) long images,
    @JsonProperty(required = true) long failed,
    @JsonProperty(required = true) List<String> errors,
    @JsonProperty(required = true) LeftOut leftOut) {}
