package io.convoy.launcher.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.preview.Choice;
import io.convoy.preview.Picture;
import io.convoy.preview.Sight;
import io.convoy.preview.Sights;
import io.convoy.preview.TargetWords;
import io.convoy.recipe.Recipe;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.DenseTarget;
import io.convoy.targets.LabelMix;
import io.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of one value a class, so that each pixel says whose it is. */
class SightsTest {
  private static final int[] VALUES = {40, 90, 200};
  private static final int PIXELS = 16 * 16;

  @TempDir Path folder;

  private List<Sight> sights(String augmentation) throws IOException {
    for (int label = 0; label < VALUES.length; label++) {
      Path images = Files.createDirectories(folder.resolve("train/c" + label));
      for (int i = 0; i < 6; i++) {
        BufferedImage image = new BufferedImage(30 + i, 20, BufferedImage.TYPE_BYTE_GRAY);
        for (int pixel = 0; pixel < 20 * (30 + i); pixel++) {
          image.getRaster().setSample(pixel % (30 + i), pixel / (30 + i), 0, VALUES[label]);
        }
        ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
      }
    }
    String text =
        """
        data: {format: folders, size: 16}
        augmentation: %s
        network:
          input: [16, 16, 1]
          layers:
            - {name: flatten, type: flatten}
            - {name: logits, type: linear, outFeatures: 3}
        batchSize: 9
        shards: 2
        epochs: 1
        optimizer: {type: sgd}
        schedule: {type: constant, rate: 0.1}
        """
            .formatted(augmentation);
    ObjectNode tree = RecipeReader.tree(new RecipeFile("", "", text));
    Recipe recipe = RecipeReader.recipe(tree, "", List.of());
    LocalFiles files = new LocalFiles();
    try (SampleSource training = recipe.data().training(files, folder.toString(), 1).open(files)) {
      return new Sights(recipe, training, ContactSheet.box(Shape.of(16, 16, 1)))
          .of(Choice.of(training, 9), new int[] {0, 1, 5});
    }
  }

  private static long count(Picture picture, int value) {
    long count = 0;
    for (byte pixel : picture.bytes()) {
      count += (pixel & 0xFF) == value ? 1 : 0;
    }
    return count;
  }

  @Test
  void cutmixShowsAsMuchOfThePartnerAsTheLabelSays() throws IOException {
    Set<Integer> kinds = new HashSet<>();
    for (Sight sight : sights("{cutmix: {}}")) {
      assertEquals(PIXELS, count(sight.evaluation(), VALUES[sight.labels()[0]]));
      for (Sight.Version version : sight.versions()) {
        if (version.target() instanceof LabelMix mix) {
          kinds.add(mix.parts().size());
          for (LabelMix.Part part : mix.parts()) {
            assertEquals(
                Math.round(part.weight() * PIXELS), count(version.picture(), VALUES[part.label()]));
          }
        } else {
          assertEquals(new ClassLabel(sight.labels()[0]), version.target());
          assertEquals(PIXELS, count(version.picture(), VALUES[sight.labels()[0]]));
        }
      }
    }
    assertTrue(kinds.contains(2), "no image was mixed with one of another class");
  }

  @Test
  void mixupIsAsBrightAsTheLabelSays() throws IOException {
    int mixed = 0;
    for (Sight sight : sights("{mixup: {alpha: 1}}")) {
      for (Sight.Version version : sight.versions()) {
        if (version.target() instanceof LabelMix mix) {
          mixed++;
          double expected = 0;
          for (LabelMix.Part part : mix.parts()) {
            expected += part.weight() * VALUES[part.label()];
          }
          assertEquals(expected, version.picture().bytes()[0] & 0xFF, 0.51);
        }
      }
    }
    assertTrue(mixed > 5, "mixed: " + mixed);
  }

  @Test
  void storedImagesFitTheirBox() throws IOException {
    Sight sight = sights("{}").get(0);
    assertEquals(20, sight.height());
    assertTrue(sight.width() >= 30 && sight.width() < 36);
    assertEquals(20, sight.stored().height(), "smaller than the box: as it is");
    assertTrue(sight.place().endsWith(".png"), sight.place());
    assertEquals(List.of(0, 1, 5), sight.versions().stream().map(Sight.Version::epoch).toList());
  }

  @Test
  void targetsInWords() {
    List<String> names = List.of("cat", "dog");
    assertEquals(List.of("dog"), TargetWords.of(new ClassLabel(1), names));
    assertEquals(
        List.of("62.5 % dog", "37.5 % cat"),
        TargetWords.of(LabelMix.of(new ClassLabel(1), 0.625f, new ClassLabel(0)), names));
    assertEquals(
        List.of("dense 1x1x2"),
        TargetWords.of(new DenseTarget(Shape.of(1, 1, 2), new float[2]), names));
  }
}
