package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.data.RealData;
import io.convoy.data.SampleSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.Folders;
import io.convoy.data.reader.Idx;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.explain.ObjectMaps.Sight;
import io.convoy.inference.Model;
import io.convoy.network.Network;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Maps lie on the object, and more than those of a network that has learned nothing: Grad-CAM on
 * both sets, occlusion on photographs. The others are printed beside them. On Fashion-MNIST a grey
 * square changes black ground more than clothes, and single pixels of the ground, which is always
 * black, move a score that was never asked about them.
 */
@Tag("data")
@Tag("slow")
class OnObjectTest {
  private static final int CLOTHES = 200;

  /** On pixels above zero: the others show nothing. */
  @Test
  void mapsOfClothesLieOnTheClothes() {
    String folder = RealData.folder("fashion-mnist").toString();
    LocalFiles files = new LocalFiles();
    Network network = ObjectMaps.network(Shape.of(28, 28, 1), 10);
    try (SampleSource training = IdxDataSet.train(files, folder).open(files);
        SampleSource test = IdxDataSet.test(files, folder).open(files)) {
      DataOptions data = new DataOptions(new Idx(), folder, null);
      Recipe recipe = ObjectMaps.recipe(network, data, training, 400);
      List<Sight> sights = clothes(test);
      int[] labels = IntStream.range(0, CLOTHES).map(test::label).toArray();
      Map<String, Double> trained =
          ObjectMaps.gains(ObjectMaps.trained(recipe, training), sights, labels);
      Map<String, Double> random =
          ObjectMaps.gains(ObjectMaps.random(recipe, training), sights, labels);
      ObjectMaps.print("Fashion-MNIST, share on the object over its area, trained", trained);
      ObjectMaps.print("Fashion-MNIST, with random weights", random);
      assertTrue(trained.get("Grad-CAM") > 1);
      assertTrue(trained.get("Grad-CAM") > random.get("Grad-CAM"));
    }
  }

  /**
   * Inside the boxes of blood cells, each in a window of twice its width, at a place in it that
   * chance picks.
   */
  @Test
  void mapsOfBloodCellsLieInTheirBoxes() throws Exception {
    CellWindows all = CellWindows.read(RealData.folder("bccd").resolve("BCCD"));
    CellWindows training = all.part(false);
    CellWindows test = all.part(true);
    Network network = ObjectMaps.network(CellWindows.SHAPE, CellWindows.CLASSES.size());
    SampleSource source = training.source();
    Recipe recipe =
        ObjectMaps.recipe(network, new DataOptions(new Folders(), null, null), source, 400);
    Model model = ObjectMaps.trained(recipe, source);
    Model random = ObjectMaps.random(recipe, source);
    for (String cell : List.of("WBC", "Platelets", "RBC")) {
      CellWindows ofClass = test.of(cell);
      Map<String, Double> gains = ObjectMaps.gains(model, ofClass.sights(), ofClass.labels());
      Map<String, Double> before = ObjectMaps.gains(random, ofClass.sights(), ofClass.labels());
      ObjectMaps.print("%s %s, trained".formatted(ofClass.sights().size(), cell), gains);
      ObjectMaps.print("%s, with random weights".formatted(cell), before);
      for (String map : List.of("Grad-CAM", "occlusion")) {
        assertTrue(gains.get(map) >= 1.5, map);
        assertTrue(gains.get(map) > before.get(map), map);
      }
    }
  }

  private static List<Sight> clothes(SampleSource source) {
    int[] rows = IntStream.range(0, CLOTHES).toArray();
    List<Sight> sights = new ArrayList<>();
    Pixels pixels = new Pixels();
    try (var window = source.open(rows)) {
      for (int row : rows) {
        window.read(row, Framing.STORED, pixels);
        byte[] image = Arrays.copyOf(pixels.bytes(), pixels.shape().elements());
        boolean[] inside = new boolean[image.length];
        for (int i = 0; i < inside.length; i++) {
          inside[i] = image[i] != 0;
        }
        sights.add(new Sight(image, inside));
      }
    }
    return sights;
  }
}
