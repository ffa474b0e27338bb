package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.release.Jars;
import io.convoy.train.Numerics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {
  private static final Release DRIVER = new Release("0.2.0", 4);

  @TempDir Path folder;

  @Test
  void codeAndNumericsHaveToBeTheSame() {
    DRIVER.requireSame(new Release("0.2.0", 4), "1 on host-a");
    assertEquals(
        "an executor (1 on host-a) has Convoy 0.1.0 (numerics version 4), the driver has 0.2.0 (4):"
            + " give all of them the same jar",
        refusal(new Release("0.1.0", 4)));
    assertEquals(
        "an executor (1 on host-a) has Convoy 0.2.0 (numerics version 3), the driver has 0.2.0 (4):"
            + " give all of them the same jar",
        refusal(new Release("0.2.0", 3)));
  }

  @Test
  void thisProcessTellsItsOwn() {
    assertEquals(Numerics.VERSION, Release.OWN.numerics());
  }

  /** Such as a launcher gives that has jars in its jar. */
  @Test
  void aJarThatIsNoPlainFile() throws Exception {
    Path jar = Jars.write(folder.resolve("convoy.jar"), "0.3.0");
    assertEquals("0.3.0", codeFrom("jar:" + jar.toUri() + "!/"));
    assertEquals("development", codeFrom("jar:" + jar.toUri() + "!/lib/convoy.jar!/"));
    assertEquals("development", codeFrom("http://127.0.0.1:1/convoy.jar"));
  }

  /** What the class would take for its version, had it been loaded from there. */
  private static Object codeFrom(String place) throws Exception {
    String name = Release.class.getName();
    CodeSource source = new CodeSource(new URL(place), (Certificate[]) null);
    ClassLoader loader =
        new ClassLoader(Release.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String asked, boolean resolve)
              throws ClassNotFoundException {
            return asked.equals(name) && findLoadedClass(name) == null
                ? defineClass(name, code(), new ProtectionDomain(source, null))
                : super.loadClass(asked, resolve);
          }
        };
    Class<?> again = Class.forName(name, true, loader);
    return again.getMethod("code").invoke(again.getField("OWN").get(null));
  }

  private static ByteBuffer code() {
    try (InputStream in = Release.class.getResourceAsStream("Release.class")) {
      return ByteBuffer.wrap(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String refusal(Release executor) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> DRIVER.requireSame(executor, "1 on host-a"));
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
    return error.getMessage();
  }
}
