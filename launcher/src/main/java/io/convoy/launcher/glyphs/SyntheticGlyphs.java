package io.convoy.launcher.glyphs;

import io.convoy.data.reader.FolderDataSet;
import io.convoy.error.ConvoyException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A data set that Convoy draws itself, so that a first training needs nothing to download: ten
 * classes of glyphs ({@link GlyphShape}) from the project's own polylines, turned, scaled, sheared,
 * shifted and jittered, on an uneven ground with clutter and noise, as JPEG files in class folders
 * ({@code FOLDER/train/<class>/00000.jpg}, {@code FOLDER/test/…}). They are drawings, not
 * photographs, and the folder's README.txt says so.
 *
 * <p>Each image is a pure function of (seed, set, class, index): more images leave the first ones
 * as they were.
 */
public final class SyntheticGlyphs {
  private static final String MARKER = "COMPLETE";
  private static final float QUALITY = 0.9f;

  /**
   * What is drawn.
   *
   * @param trainPerClass training images in each of the ten classes, 1 to 99,999
   * @param testPerClass test images in each class, 1 to 99,999
   * @param size height and width in pixels, 16 to 512
   * @param channels 1 for grey, 3 for RGB
   * @param seed any number; another seed draws other images
   */
  public record Plan(int trainPerClass, int testPerClass, int size, int channels, long seed) {
    public Plan {
      boolean valid =
          trainPerClass >= 1
              && trainPerClass <= 99_999
              && testPerClass >= 1
              && testPerClass <= 99_999
              && size >= 16
              && size <= 512
              && (channels == 1 || channels == 3);
      if (!valid) {
        throw ConvoyException.usage(
            "glyphs: trainPerClass and testPerClass are 1 to 99999, size 16 to 512, channels 1 or"
                + " 3; got %d, %d, %d, %d",
            trainPerClass, testPerClass, size, channels);
      }
    }

    /** The images in all. */
    public int images() {
      return GlyphShape.values().length * (trainPerClass + testPerClass);
    }

    private String marker() {
      return String.format(
          Locale.ROOT,
          "drawn by Convoy, version 1: trainPerClass=%d testPerClass=%d size=%d channels=%d"
              + " seed=%d%n",
          trainPerClass,
          testPerClass,
          size,
          channels,
          seed);
    }
  }

  private SyntheticGlyphs() {}

  /**
   * Draws the images into a folder, unless it holds exactly these already. They are drawn beside it
   * and renamed at the end: a folder of that name is always whole.
   *
   * @param progress is told the number of images drawn so far, in steps of about a hundred
   * @return whether anything was drawn
   * @throws ConvoyException of kind USAGE when the folder holds anything else, of kind RESOURCE
   *     when it cannot be written
   */
  public static boolean draw(Path folder, Plan plan, IntConsumer progress) {
    Path target = folder.toAbsolutePath().normalize();
    try {
      if (isComplete(target, plan)) {
        return false;
      }
      Path drawing =
          target.resolveSibling(target.getFileName() + ".drawing-" + ProcessHandle.current().pid());
      delete(drawing);
      try {
        write(drawing, plan, progress);
        // an empty folder may stand in the way; one that is not was refused above
        Files.deleteIfExists(target);
        Files.move(drawing, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(drawing);
      }
      return true;
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s: the drawn images cannot be written (%s: %s): free some space or choose another folder"
              .formatted(folder, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  /** The names of the classes, sorted, as a {@link FolderDataSet} finds them. */
  public static List<String> classes() {
    return Stream.of(GlyphShape.values()).map(GlyphShape::className).sorted().toList();
  }

  private static boolean isComplete(Path folder, Plan plan) throws IOException {
    Path marker = folder.resolve(MARKER);
    if (Files.isRegularFile(marker)) {
      String found = Files.readString(marker).strip();
      if (!found.equals(plan.marker().strip())) {
        throw ConvoyException.usage(
            "%s holds other drawn images (%s; wanted: %s): choose another folder, or delete it",
            folder, found, plan.marker().strip());
      }
      return true;
    }
    if (Files.exists(folder)) {
      boolean empty = false;
      if (Files.isDirectory(folder)) {
        try (Stream<Path> children = Files.list(folder)) {
          empty = children.findAny().isEmpty();
        }
      }
      if (!empty) {
        throw ConvoyException.usage(
            "%s exists and was not drawn by Convoy (it has no file %s): choose another folder",
            folder, MARKER);
      }
    }
    return false;
  }

  private static void write(Path folder, Plan plan, IntConsumer progress) throws IOException {
    int done = 0;
    GlyphPainter painter = new GlyphPainter(plan.size(), plan.channels(), plan.seed());
    ImageWriter writer = JdkJpegWriter.create();
    try {
      for (int set = 0; set < 2; set++) {
        int perClass = set == 0 ? plan.trainPerClass() : plan.testPerClass();
        for (GlyphShape shape : GlyphShape.values()) {
          Path classFolder =
              Files.createDirectories(
                  folder.resolve(set == 0 ? "train" : "test").resolve(shape.className()));
          for (int index = 0; index < perClass; index++) {
            byte[] jpeg = jpeg(painter, plan, shape, set, index, writer);
            Files.write(classFolder.resolve(String.format(Locale.ROOT, "%05d.jpg", index)), jpeg);
            done++;
            if (done % 100 == 0 || done == plan.images()) {
              progress.accept(done);
            }
          }
        }
      }
    } finally {
      writer.dispose();
    }
    Files.writeString(folder.resolve("README.txt"), readme(plan));
    Files.writeString(folder.resolve(MARKER), plan.marker());
  }

  private static byte[] jpeg(
      GlyphPainter painter, Plan plan, GlyphShape shape, int set, int index, ImageWriter writer)
      throws IOException {
    int size = plan.size();
    byte[] pixels = new byte[size * size * plan.channels()];
    painter.paint(shape, set, index, pixels);
    int type = plan.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(size, size, type);
    int[] samples = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      samples[i] = pixels[i] & 0xFF;
    }
    image.getRaster().setPixels(0, 0, size, size, samples);
    ImageWriteParam options = writer.getDefaultWriteParam();
    options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    options.setCompressionQuality(QUALITY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), options);
      writer.setOutput(null);
    }
    return bytes.toByteArray();
  }

  private static String readme(Plan plan) {
    return """
    These images are drawn by Convoy; they are no photographs and no scans.

    Ten classes of glyphs (%s), from Convoy's own
    polylines, each distorted at random: turned, scaled, sheared, shifted, jittered, with clutter
    and noise. They let the quickstart train a network with nothing to download. Accuracy on
    them says that training works; it says nothing about any real task.

    %s\
    """
        .formatted(String.join(", ", classes()), plan.marker());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
