package io.convoy.explain;

/**
 * A picture.
 *
 * @param height in pixels
 * @param width in pixels
 * @param rgb red, green and blue of each pixel, row by row from the top; not copied
 */
public record RgbImage(int height, int width, byte[] rgb) {}
