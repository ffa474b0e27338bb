package io.convoy.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.IVersionProvider;

final class VersionTest {
  @TempDir Path folder;

  /** The package has the version of the class that was loaded first. */
  @Test
  void anotherJarHasAClassOfThePackage() throws Exception {
    URL[] path = {
      jar("other.jar", SheetFile.class, "9.9", "fffffff"),
      jar("convoy.jar", Version.class, "0.3.0", "0a1b2c3")
    };
    try (URLClassLoader loader = new URLClassLoader(path, new WithoutThePackage())) {
      Class<?> first = loader.loadClass(SheetFile.class.getName());
      assertEquals("9.9", first.getPackage().getImplementationVersion());
      Class<?> version = loader.loadClass(Version.class.getName());
      String line =
          ((IVersionProvider) version.getDeclaredConstructor().newInstance()).getVersion()[0];
      assertTrue(line.startsWith("convoy 0.3.0 (commit 0a1b2c3), numerics version "), line);
    }
  }

  /** Hides the classes beside this one, so that they come from jars. */
  private static final class WithoutThePackage extends ClassLoader {
    WithoutThePackage() {
      super(VersionTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(Version.class.getPackageName() + ".")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  private URL jar(String name, Class<?> type, String version, String commit) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    attributes.putValue("Implementation-Build", commit);
    Path jar = folder.resolve(name);
    String file = type.getSimpleName() + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream code = type.getResourceAsStream(file)) {
      out.putNextEntry(new ZipEntry(type.getPackageName().replace('.', '/') + "/" + file));
      code.transferTo(out);
    }
    return jar.toUri().toURL();
  }
}
