package io.convoy.explain;

import io.convoy.tensor.Shape;

/**
 * An input that was made to excite a filter.
 *
 * @param layer whose filter it is
 * @param channel the number of the filter, from 0
 * @param shape of the input, {@code [height, width, channels]}
 * @param values of the network's input, as it is standardised, in that order
 * @param before the filter's mean output for the noise that it was made of
 * @param after likewise, for this
 */
public record ExcitingInput(
    String layer, int channel, Shape shape, float[] values, double before, double after) {}
