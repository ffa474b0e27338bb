package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.image.jpeg.JpegQuality;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What is encoded is close to what it was, and has the quality that was asked for. */
class JpegEncoderTest {
  private static Pixels picture(int height, int width) {
    Pixels pixels = new Pixels();
    byte[] bytes = pixels.room(Shape.of(height, width, 3));
    for (int i = 0; i < height * width; i++) {
      bytes[3 * i] = (byte) (i % width * 3);
      bytes[3 * i + 1] = (byte) (i / width * 4);
      bytes[3 * i + 2] = (byte) 90;
    }
    return pixels;
  }

  @Test
  void qualitiesAreFound() {
    try (JpegEncoder encoder = new JpegEncoder()) {
      for (int quality : new int[] {1, 10, 49, 50, 75, 90, 100}) {
        byte[] jpeg = encoder.encode(picture(20, 30), quality);
        assertEquals(quality, JpegQuality.of(jpeg, "x"));
      }
    }
  }

  @Test
  void coloursAreThoseThatWereEncoded() {
    try (JpegEncoder encoder = new JpegEncoder();
        ImageDecoder decoder = new ImageDecoder()) {
      Pixels picture = picture(31, 45);
      DecodedImage image = decoder.decode(encoder.encode(picture, 95), "x", 3);
      assertEquals(31, image.height());
      assertEquals(45, image.width());
      for (int i = 0; i < image.pixels().length; i++) {
        int difference = (image.pixels()[i] & 0xFF) - (picture.bytes()[i] & 0xFF);
        assertTrue(Math.abs(difference) < 16, i + ": " + difference);
      }
    }
  }

  @Test
  void aFileWithoutAScanHasNoQuality() {
    byte[] empty = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9};
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> JpegQuality.of(empty, "empty.jpg"));
    assertEquals(
        "empty.jpg: the JPEG is damaged (it has no scan): fetch it again, or take it out of the data"
            + " set",
        e.getMessage());
  }
}
