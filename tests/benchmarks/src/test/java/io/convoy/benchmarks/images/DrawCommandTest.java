package io.convoy.benchmarks.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.convoy.benchmarks.Benchmarks;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawCommandTest {
  @TempDir private Path folder;

  @Test
  void drawsEachImageOnceAndTheSameEachTime() throws IOException {
    Map<String, byte[]> two = draw("two", "2");
    Map<String, byte[]> three = draw("three", "3");
    assertEquals(two.keySet(), three.keySet());
    assertEquals(7, two.size());
    assertEquals("class-001/00000005.jpg", two.keySet().stream().skip(3).findFirst().orElseThrow());
    two.forEach((name, bytes) -> assertArrayEquals(bytes, three.get(name), name));
    Pixels first = pixels(two.get("class-000/00000000.jpg"));
    assertEquals(Shape.of(20, 20, 3), first.shape());
    Pixels second = pixels(two.get("class-000/00000004.jpg"));
    assertNotEquals(Arrays.toString(first.bytes()), Arrays.toString(second.bytes()));
  }

  private Map<String, byte[]> draw(String name, String files) throws IOException {
    Path set = folder.resolve(name);
    String[] command = {
      "draw", set.toString(), "--images=7", "--classes=4", "--size=20", "--files=" + files
    };
    assertEquals(0, Benchmarks.execute(command));
    Map<String, byte[]> found = new TreeMap<>();
    try (var tars = Files.newDirectoryStream(set, "drawn-*.tar")) {
      for (Path path : tars) {
        try (var tar = new TarArchiveInputStream(Files.newInputStream(path))) {
          for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
            found.put(e.getName(), tar.readAllBytes());
          }
        }
      }
    }
    return found;
  }

  private static Pixels pixels(byte[] file) {
    Pixels image = new Pixels();
    try (ImageDecoder decoder = new ImageDecoder()) {
      decoder.decode(file, "image", 3, Framing.STORED, image);
    }
    return image;
  }
}
