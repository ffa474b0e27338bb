package io.convoy.launcher.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ModuleOptionsTest {
  @Test
  void theTestsOwnJvmHasThem() {
    assertDoesNotThrow(() -> ModuleOptions.requireOpen());
  }

  /** To a named module nothing was opened that the options open to unnamed ones. */
  @Test
  void whatIsMissingIsSaidInOneLineThatCanBeUsed() {
    Module named = ModuleLayer.boot().findModule("java.logging").orElseThrow();
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> ModuleOptions.requireOpen(ModuleLayer.boot(), named));
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
    String message = error.getMessage();
    assertEquals(1, message.lines().count());
    assertTrue(message.matches("Spark needs 1[0-9] packages of Java's own that .*"), message);
    String option =
        "--conf \"spark.driver.extraJavaOptions=--add-opens=java.base/java.lang=ALL-UNNAMED"
            + " --add-opens=java.base/java.lang.invoke=ALL-UNNAMED ";
    assertTrue(Pattern.compile(option, Pattern.LITERAL).matcher(message).find(), message);
  }
}
