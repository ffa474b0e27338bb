package io.convoy.launcher.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RunNameTest {
  @Test
  void theFirstFreeNumberIsTaken() {
    FileStore files =
        holding(Set.of("runs/quickstart-1", "runs/quickstart-2", "runs/quickstart-4"));
    assertEquals("runs/quickstart-3", RunName.firstFree(files, "quickstart"));
    assertEquals("runs/other-1", RunName.firstFree(files, "other"));
  }

  @Test
  void aNameIsMadeFitForAFolder() {
    FileStore none = new LocalFiles();
    assertEquals("runs/my-net-v2-1", RunName.firstFree(none, " my net: v2! "));
    assertEquals("runs/etc-passwd-1", RunName.firstFree(none, "../../etc/passwd"));
    assertEquals("runs/run-1", RunName.firstFree(none, "../.."));
    assertEquals("runs/run-1", RunName.firstFree(none, ""));
  }

  @Test
  void aFileSystemThatIsDownIsTold() {
    FileStore broken = holding(null);
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> RunName.firstFree(broken, "x"));
    assertEquals(
        "runs/x-1 cannot be looked at (java.io.IOException: down): name the run's folder by --out",
        error.getMessage());
    assertEquals(4, error.exitCode());
  }

  private static FileStore holding(Set<String> paths) {
    return new FileStore() {
      @Override
      public boolean exists(String path) throws IOException {
        if (paths == null) {
          throw new IOException("down");
        }
        return paths.contains(path);
      }

      @Override
      public List<Entry> list(String folder) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<Entry> find(String path) {
        throw new UnsupportedOperationException();
      }

      @Override
      public long length(String path) {
        throw new UnsupportedOperationException();
      }

      @Override
      public long modified(String path) {
        throw new UnsupportedOperationException();
      }

      @Override
      public InputStream open(String path) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
