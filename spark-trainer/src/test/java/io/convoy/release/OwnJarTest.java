package io.convoy.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnJarTest {
  private static final Optional<String> OF_PACKAGE = Optional.of("9.9");

  @TempDir Path folder;

  @Test
  void aJarByAnyAddress() throws IOException {
    Path jar = Jars.write(folder.resolve("a jar + more.jar"), "0.3.0");
    for (String address : new String[] {jar.toUri().toString(), "jar:" + jar.toUri() + "!/"}) {
      OwnJar own = new OwnJar(Optional.of(address), OF_PACKAGE);
      assertEquals(Optional.of("0.3.0"), own.version(), address);
      assertEquals(Optional.of("1.0"), own.attribute("Manifest-Version"), address);
      assertEquals(Optional.empty(), own.attribute("Implementation-Build"), address);
      assertEquals(Optional.of(jar), own.file(), address);
      assertEquals(jar.toString(), own.toString());
    }
  }

  /** Only what is in it counts, whatever another jar says of the package. */
  @Test
  void aJarWithoutAVersion() throws IOException {
    Path jar = Jars.write(folder.resolve("silent.jar"), null);
    OwnJar own = new OwnJar(Optional.of(jar.toUri().toString()), OF_PACKAGE);
    assertEquals(Optional.empty(), own.version());
  }

  @Test
  void whatCannotBeReadHasThePackagesVersion() throws IOException {
    Path jar = Jars.write(folder.resolve("outer.jar"), "0.3.0");
    for (String address :
        new String[] {
          "jar:" + jar.toUri() + "!/lib/inner.jar!/",
          "nested:/outer.jar/!lib/inner.jar!/",
          "unheard-of:/convoy.jar",
          "file://host/convoy.jar?v=1",
          jar.toUri() + ".deleted",
          "no address"
        }) {
      OwnJar own = new OwnJar(Optional.of(address), OF_PACKAGE);
      assertEquals(OF_PACKAGE, own.version(), address);
      assertEquals(Optional.empty(), own.attribute("Manifest-Version"), address);
      assertEquals(Optional.empty(), own.file(), address);
    }
    OwnJar hidden = new OwnJar(Optional.empty(), OF_PACKAGE);
    assertEquals(OF_PACKAGE, hidden.version());
    assertEquals(Optional.empty(), hidden.file());
    assertEquals("a place that its loader does not tell", hidden.toString());
  }

  @Test
  void aFolderOfClasses() throws IOException {
    OwnJar own = new OwnJar(Optional.of(folder.toUri().toString()), Optional.empty());
    assertEquals(Optional.empty(), own.version());
    assertEquals(Optional.empty(), own.file());
    assertEquals(folder.toString(), own.toString());
    Jars.unpacked(folder, "0.3.0");
    assertEquals(Optional.of("0.3.0"), own.version());
    assertEquals(Optional.empty(), own.file());
  }

  @Test
  void aClassKnowsItsOwn() {
    Path junit = OwnJar.of(Test.class).file().orElseThrow();
    assertTrue(Files.isRegularFile(junit), junit.toString());
    assertTrue(OwnJar.of(Test.class).version().isPresent(), junit.toString());
    assertEquals(Optional.empty(), OwnJar.of(String.class).file());
  }
}
