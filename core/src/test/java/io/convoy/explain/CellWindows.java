package io.convoy.explain;

import io.convoy.data.ArraySource;
import io.convoy.data.SampleSource;
import io.convoy.data.image.DecodedImage;
import io.convoy.data.image.ImageDecoder;
import io.convoy.explain.ObjectMaps.Sight;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Blood cells of bccd, each in a square window of twice its box's width, at a place in it that
 * chance picks, brought to one size.
 */
record CellWindows(List<Cell> cells) {
  static final int SIDE = 40;
  static final Shape SHAPE = Shape.of(SIDE, SIDE, 3);
  static final List<String> CLASSES = List.of("Platelets", "RBC", "WBC");

  /** Every so manieth photograph is for the test. */
  private static final int TEST_EVERY = 4;

  /** Of a photograph's red cells, which are ten times as many as others, so many are taken. */
  private static final int RED = 1;

  /**
   * A cell in its window.
   *
   * @param photograph its number
   * @param label of its class
   */
  record Cell(int photograph, int label, Sight sight) {}

  /** A box in a photograph, in pixels; the far edges are outside. */
  private record Box(int left, int top, int right, int bottom) {
    static Box of(Element cell) {
      return new Box(
          number(cell, "xmin"), number(cell, "ymin"), number(cell, "xmax"), number(cell, "ymax"));
    }

    int width() {
      return right - left;
    }

    int height() {
      return bottom - top;
    }
  }

  /** All windows that fit into their photograph. */
  static CellWindows read(Path folder) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("JPEGImages"))) {
      files = all.sorted().toList();
    }
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    List<Cell> cells = new ArrayList<>();
    try (ImageDecoder decoder = new ImageDecoder()) {
      for (int photograph = 0; photograph < files.size(); photograph++) {
        String name = files.get(photograph).getFileName().toString();
        DecodedImage image = decoder.decode(Files.readAllBytes(files.get(photograph)), name, 3);
        NodeList objects =
            parser
                .parse(folder.resolve("Annotations/" + name.replace(".jpg", ".xml")).toFile())
                .getElementsByTagName("object");
        add(cells, photograph, image, objects);
      }
    }
    return new CellWindows(cells);
  }

  private static void add(List<Cell> cells, int photograph, DecodedImage image, NodeList objects) {
    int red = 0;
    for (int i = 0; i < objects.getLength(); i++) {
      Element object = (Element) objects.item(i);
      int label = CLASSES.indexOf(object.getElementsByTagName("name").item(0).getTextContent());
      Box box = Box.of(object);
      int side = 2 * box.width();
      boolean isRed = label == CLASSES.indexOf("RBC");
      boolean fits =
          box.width() > 8
              && box.height() > 8
              && box.height() <= side
              && side <= Math.min(image.height(), image.width());
      if (fits && (!isRed || red < RED)) {
        cells.add(new Cell(photograph, label, window(image, box, side, cells.size())));
        red += isRed ? 1 : 0;
      }
    }
  }

  private static Sight window(DecodedImage image, Box box, int side, int number) {
    int left = start(box.left, box.right, side, image.width(), 2 * number);
    int top = start(box.top, box.bottom, side, image.height(), 2 * number + 1);
    byte[] window = new byte[SHAPE.elements()];
    boolean[] inside = new boolean[SIDE * SIDE];
    for (int pixel = 0; pixel < inside.length; pixel++) {
      int row = pixel / SIDE;
      int column = pixel % SIDE;
      for (int c = 0; c < 3; c++) {
        window[3 * pixel + c] = mean(image, top, left, side, row, column, c);
      }
      double down = top + (row + 0.5) * side / SIDE;
      double across = left + (column + 0.5) * side / SIDE;
      inside[pixel] =
          box.top <= down && down < box.bottom && box.left <= across && across < box.right;
    }
    return new Sight(window, inside);
  }

  /** Where a window starts that holds a box and lies within the photograph. */
  private static int start(int from, int until, int side, int size, int draw) {
    int least = Math.max(0, until - side);
    int most = Math.min(from, size - side);
    return least + (int) Math.floorMod(Numbers.bits(77, draw) >>> 7, (long) (most - least + 1));
  }

  /** The mean of what a pixel of the window covers. */
  private static byte mean(
      DecodedImage image, int top, int left, int side, int row, int column, int channel) {
    int firstRow = top + row * side / SIDE;
    int lastRow = Math.max(firstRow + 1, top + (row + 1) * side / SIDE);
    int firstColumn = left + column * side / SIDE;
    int lastColumn = Math.max(firstColumn + 1, left + (column + 1) * side / SIDE);
    int sum = 0;
    for (int h = firstRow; h < lastRow; h++) {
      for (int w = firstColumn; w < lastColumn; w++) {
        sum += image.pixels()[(h * image.width() + w) * 3 + channel] & 0xFF;
      }
    }
    return (byte) (sum / ((lastRow - firstRow) * (lastColumn - firstColumn)));
  }

  private static int number(Element cell, String tag) {
    return Integer.parseInt(cell.getElementsByTagName(tag).item(0).getTextContent());
  }

  /** Those of the photographs that are for the test, or of the others. */
  CellWindows part(boolean test) {
    return where(cell -> cell.photograph % TEST_EVERY == 0 == test);
  }

  /** Those of a class. */
  CellWindows of(String name) {
    return where(cell -> CLASSES.get(cell.label).equals(name));
  }

  private CellWindows where(Predicate<Cell> which) {
    return new CellWindows(cells.stream().filter(which).toList());
  }

  List<Sight> sights() {
    return cells.stream().map(Cell::sight).toList();
  }

  int[] labels() {
    return cells.stream().mapToInt(Cell::label).toArray();
  }

  SampleSource source() {
    byte[][] images = cells.stream().map(cell -> cell.sight.image()).toArray(byte[][]::new);
    return new ArraySource(SHAPE, CLASSES, labels(), images);
  }
}
