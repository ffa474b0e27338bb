package io.convoy.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileStore;
import io.convoy.error.ConvoyException;
import io.convoy.pack.DrawnImages;
import io.convoy.storage.HadoopFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
  @TempDir Path folder;
  private final ImageFiles files = new ImageFiles(new HadoopFiles(new Configuration()));

  @BeforeEach
  void write() throws IOException {
    for (String name : List.of("b.png", "a/1.png", "a/deep/er/2.png", "a/noending")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, DrawnImages.png(name.length(), 4, 5));
    }
    Files.writeString(folder.resolve("a/notes.txt"), "no image");
    Files.writeString(folder.resolve("a/.DS_Store"), "");
    Files.createDirectories(folder.resolve("empty"));
  }

  private List<String> names(ImageFiles.Found found) {
    String root = "file:" + folder + "/";
    return found.images().stream()
        .map(FileStore.Entry::path)
        .map(path -> path.replace(root, ""))
        .toList();
  }

  @Test
  void foldersOfAnyDepth() {
    ImageFiles.Found found = files.at(folder + "/a");
    assertEquals(List.of("a/1.png", "a/deep/er/2.png", "a/noending"), names(found));
    assertEquals(2, found.notes().size(), found.notes()::toString);
    assertTrue(found.notes().get(1).contains("left out 1 as no images: "), found.notes()::toString);
  }

  @Test
  void globsFindFilesAndFolders() {
    assertEquals(
        List.of("a/1.png", "a/deep/er/2.png", "a/noending", "b.png"),
        names(files.at(folder + "/*[ab]*")));
    assertEquals(List.of("b.png"), names(files.at(folder + "/{b,c}.png")));
    assertTrue(files.matches(folder + "/b.png").isEmpty(), "no glob");
  }

  /** Whatever it is called: who reads it says what is wrong with it. */
  @Test
  void aFileThatIsNamedIsOne() {
    assertEquals(List.of("a/notes.txt"), names(files.at(folder + "/a/notes.txt")));
  }

  @Test
  void nothingIsAnError() {
    for (String place : List.of("none.png", "none*.png")) {
      ConvoyException none =
          assertThrows(ConvoyException.class, () -> files.at(folder + "/" + place));
      assertEquals(ConvoyException.Kind.DATA, none.kind());
      assertTrue(none.getMessage().contains("there is nothing of that name"), none.getMessage());
    }
    ConvoyException empty = assertThrows(ConvoyException.class, () -> files.at(folder + "/empty"));
    assertTrue(empty.getMessage().endsWith("empty: there is no image in it"), empty.getMessage());
  }
}
