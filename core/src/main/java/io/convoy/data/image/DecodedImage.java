package io.convoy.data.image;

/**
 * A decoded image.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param pixels {@code height * width * channels} unsigned bytes in HWC order; not copied
 */
public record DecodedImage(int height, int width, int channels, byte[] pixels) {}
