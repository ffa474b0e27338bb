package io.convoy.launcher.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.LocalFiles;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.recipe.SetOption;
import io.convoy.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageBytesTest {
  @TempDir Path folder;

  @Test
  void storedImagesByTheirFiles() throws IOException {
    write("train-images-idx3-ubyte.gz", 100);
    write("train-labels-idx1-ubyte", 13);
    write("README.md", 7);
    write("data_batch_1.bin", 71);
    assertEquals(513, of("idx"));
    assertEquals(71, of("cifar10"));
  }

  @Test
  void storedImagesBelowAsTheirArchiveHasThem() throws IOException {
    write("cifar-10-batches-bin/data_batch_1.bin", 71);
    write("cifar-10-batches-bin/test_batch.bin", 13);
    assertEquals(84, of("cifar10"));
  }

  @Test
  void decodedImagesByTheirNumber() throws IOException {
    for (String file : List.of("train/a/1.png", "train/a/2.png", "train/b/3.png", "test/a/4.png")) {
      write(file, 1);
    }
    assertEquals(4 * 28 * 28, of("folders"));
  }

  @Test
  void whatCannotBeListedIsNotCounted() {
    assertEquals(
        0, ImageBytes.of(recipe("idx"), folder.resolve("none").toString(), new LocalFiles()));
  }

  private long of(String format) {
    return ImageBytes.of(recipe(format), folder.toString(), new LocalFiles());
  }

  private static Recipe recipe(String format) {
    RecipeFile file = RecipeFile.find("fashion-mnist", Optional.empty());
    return RecipeReader.recipe(
        RecipeReader.tree(file), file.place(), List.of(SetOption.parse("data.format=" + format)));
  }

  private void write(String name, int bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
