package io.convoy.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars that hold a manifest and nothing else. */
public final class Jars {
  private Jars() {}

  /**
   * Writes one.
   *
   * @param version null for a manifest that names none
   */
  public static Path write(Path jar, String version) throws IOException {
    new JarOutputStream(Files.newOutputStream(jar), manifest(version)).close();
    return jar;
  }

  /** What such a jar holds, unpacked. */
  static void unpacked(Path folder, String version) throws IOException {
    Path inside = Files.createDirectories(folder.resolve("META-INF"));
    try (OutputStream out = Files.newOutputStream(inside.resolve("MANIFEST.MF"))) {
      manifest(version).write(out);
    }
  }

  private static Manifest manifest(String version) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (version != null) {
      attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    }
    return manifest;
  }
}
