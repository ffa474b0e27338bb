package io.convoy.tensorboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture for TensorBoard.
 *
 * @param height in pixels
 * @param width in pixels
 * @param file a PNG or a JPEG; not copied
 */
record EncodedPicture(int height, int width, byte[] file) {
  private static final List<String> MAPS = List.of("image", "gradCam", "hidden", "saliency");

  /** That of a file. */
  static EncodedPicture of(byte[] file) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      try {
        reader.setInput(in);
        return new EncodedPicture(reader.getHeight(0), reader.getWidth(0), file);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory is read", e);
    }
  }

  /**
   * What {@code pictures.json} has, by names: training images as the epochs see them, mistakes, and
   * where the network looks.
   */
  static Map<String, EncodedPicture> all(JsonNode pictures) {
    Map<String, EncodedPicture> all = new LinkedHashMap<>();
    int number = 0;
    for (JsonNode image : pictures.at("/training/images")) {
      String name = "training/%s %s".formatted(number++, image.path("labels").asText());
      put(all, name + "/plain", image.path("plain"));
      for (JsonNode version : image.path("versions")) {
        put(all, name + "/epoch " + version.path("epoch").asText(), version.path("image"));
      }
    }
    for (JsonNode mistake : pictures.path("mistakes")) {
      put(all, "mistakes/" + mistake.path("sample").asText(), mistake.path("image"));
    }
    for (JsonNode image : pictures.at("/maps/images")) {
      String name =
          "looks/%s %s".formatted(image.path("sample").asText(), image.path("label").asText());
      MAPS.forEach(map -> put(all, name + "/" + map, image.path(map)));
    }
    return all;
  }

  /** Addresses are pictures themselves, in Base64 behind a comma. */
  private static void put(Map<String, EncodedPicture> all, String name, JsonNode address) {
    if (address.isTextual()) {
      String text = address.textValue();
      all.put(name, of(Base64.getDecoder().decode(text.substring(text.indexOf(',') + 1))));
    }
  }
}
