package io.convoy.pack.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An image that cannot be read.
 *
 * @param path below its source
 * @param reason why not
 */
record Rejected(
    @JsonProperty(required = true) String path, @JsonProperty(required = true) String reason) {}
