package io.convoy.layer;

/**
 * A pass of a convolution over some pixels: each output pixel is the sum of its window's taps times
 * their weights.
 *
 * @param from where the windows start
 * @param to the output pixels, as many as windows
 * @param taps which taps of the kernel have a part, {@code kh * kernelWidth + kw}, in the order of
 *     the sum
 * @param offsets where each of these taps lies, in floats from the start of the window
 * @param columns taps of a row of the window
 */
record Correlation(PixelGrid from, PixelGrid to, int[] taps, int[] offsets, int columns) {}
