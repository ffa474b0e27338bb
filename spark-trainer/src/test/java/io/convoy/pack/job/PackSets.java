package io.convoy.pack.job;

import io.convoy.data.examine.DamageLimit;
import io.convoy.data.examine.DamageRule;
import io.convoy.data.examine.Damaged;
import io.convoy.pack.DrawnImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Small sets of drawn images, and packs of them. */
public final class PackSets {
  static final List<String> CLASSES = List.of("apple", "pear é", "plum");
  static final PackOptions SMALL = new PackOptions(7, 1 << 16, List.of(), DamageRule.REFUSE);

  private PackSets() {}

  /** Options that leave out as many damaged images as a limit allows. */
  static PackOptions skipping(String limit) {
    return new PackOptions(
        7, 1 << 16, List.of(), new DamageRule(Damaged.SKIP, DamageLimit.of(limit)));
  }

  /** So many PNG images in class folders, by their names. */
  static TreeMap<String, byte[]> draw(Path set, int count, boolean oneSize) throws IOException {
    TreeMap<String, byte[]> images = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      byte[] image =
          oneSize
              ? DrawnImages.png(i, 24, 31)
              : DrawnImages.png(i, 1 + i * 7 % 41, 1 + i * 11 % 29);
      String name = CLASSES.get(i % CLASSES.size()) + "/" + i + ".png";
      images.put(name, image);
      Path file = set.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, image);
    }
    return images;
  }

  static PackSummary pack(JavaSparkContext spark, Path source, Path out) {
    return pack(spark, source, out, SMALL);
  }

  static PackSummary pack(JavaSparkContext spark, Path source, Path out, PackOptions options) {
    return ImagePack.pack(
        spark, source.toString(), out.toString(), null, options, PackListener.NONE);
  }

  static String describe(Path set) throws IOException {
    return Files.readString(set.resolve("dataset.json"));
  }

  static String label(String path) {
    return path.replaceAll("/.*", "");
  }

  static String key(long seed, String path) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(ByteBuffer.allocate(8).putLong(seed).array());
    digest.update(path.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  /** What the packer tells of what it leaves out, without the place. */
  static List<String> told(JavaSparkContext spark, Path source, Path out, PackOptions options) {
    return said(spark, source, out, options).stream()
        .filter(line -> line.contains(": left out "))
        .map(line -> line.substring(line.indexOf(": left out ") + 2))
        .toList();
  }

  /** All that the packer tells. */
  static List<String> said(JavaSparkContext spark, Path source, Path out, PackOptions options) {
    List<String> said = new ArrayList<>();
    PackListener listener =
        new PackListener() {
          @Override
          public void begin(String what, long bytes) {
            // only words are of interest
          }

          @Override
          public void at(long bytes) {
            // likewise
          }

          @Override
          public void say(String line) {
            said.add(line);
          }
        };
    ImagePack.pack(spark, source.toString(), out.toString(), null, options, listener);
    return said;
  }

  /** All files of a set, byte for byte. */
  static Map<String, String> bytes(Path set) throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(set)) {
      for (Path file : paths.toList()) {
        files.put(
            file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  public static void tar(Path file, String above, Map<String, byte[]> images) throws IOException {
    boolean zipped = file.toString().endsWith("gz");
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream plain = zipped ? new GZIPOutputStream(out) : out;
        TarArchiveOutputStream tar = new TarArchiveOutputStream(plain, "UTF-8")) {
      tar.setAddPaxHeadersForNonAsciiNames(true);
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (Map.Entry<String, byte[]> image : images.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(above + image.getKey());
        entry.setSize(image.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(image.getValue());
        tar.closeArchiveEntry();
      }
    }
  }
}
