package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links in class folders are followed, and lead nowhere without end. */
class FolderLinksTest {
  @TempDir Path folder;
  private final FileStore files = new LocalFiles();
  private ImageFolder images;

  @BeforeEach
  void start() {
    images = new ImageFolder(folder);
  }

  @Test
  void linksAreFollowed() throws IOException {
    images.write("elsewhere/more/1.png", 1);
    images.write("elsewhere/2.png", 2);
    ImageFolder set = new ImageFolder(folder.resolve("set"));
    set.write("cat/0.png", 0);
    Files.createSymbolicLink(set.path().resolve("dog"), folder.resolve("elsewhere/more"));
    Files.createSymbolicLink(set.path().resolve("cat/2.png"), folder.resolve("elsewhere/2.png"));
    Files.createSymbolicLink(set.path().resolve("cat/more"), folder.resolve("elsewhere/more"));
    try (SampleSource source = set.open()) {
      assertEquals(List.of("cat:0", "cat:2", "cat:1", "dog:1"), ImageFolder.samples(source));
    }
  }

  @Test
  void aLinkInACircleIsAnError() throws IOException {
    images.write("cat/deep/1.png", 1);
    Path link = Files.createSymbolicLink(folder.resolve("cat/deep/up"), folder.resolve("cat"));
    assertFails(
        link
            + ": this link leads back to "
            + folder
            + "/cat, in which it lies, and so on without end: take the link away");
    Files.delete(link);
    Path all = Files.createSymbolicLink(folder.resolve("all"), folder);
    assertFails(
        all
            + ": this link leads back to "
            + folder
            + ", in which it lies, and so on without end: take the link away");
    Files.delete(all);
    Path nowhere = Files.createSymbolicLink(folder.resolve("cat/2.png"), folder.resolve("gone"));
    assertFails(folder + "/cat: 1 of its 2 names cannot be read (2.png): ");
    Files.delete(nowhere);
    try (SampleSource source = images.open()) {
      assertEquals(1, source.size());
    }
  }

  /** A store that follows links and cannot say where they lead. */
  private record Endless(FileStore files) implements FileStore {
    @Override
    public List<Entry> list(String folder) {
      return List.of(new Entry("down", folder + "/down", true, 0, 0));
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
      return files.find(path);
    }

    @Override
    public boolean exists(String path) {
      return true;
    }

    @Override
    public long length(String path) throws IOException {
      return files.length(path);
    }

    @Override
    public long modified(String path) throws IOException {
      return files.modified(path);
    }

    @Override
    public InputStream open(String path) throws IOException {
      return files.open(path);
    }
  }

  @Test
  void noWalkIsEndless() {
    ConvoyException e =
        assertThrows(
            ConvoyException.class, () -> new FolderDataSet("/set", 1).open(new Endless(files)));
    assertEquals(
        "/set"
            + "/down".repeat(101)
            + ": folders may lie 100 deep: look for a link that leads in a circle, or move the"
            + " images up",
        e.getMessage());
  }

  private void assertFails(String message) {
    ConvoyException e = assertThrows(ConvoyException.class, images::open);
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
