package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.data.reader.Cifar10;
import io.convoy.launcher.fetch.PublishedFile;
import io.convoy.launcher.fetch.PublishedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchCommandTest {
  @TempDir Path folder;

  @Test
  void unknownSetsAndAddressesAreUsageErrors() {
    refuses(
        "convoy: there is no set 'cifar100' to fetch; there are fashion-mnist, mnist, cifar10",
        "cifar100");
    refuses(
        "convoy: --from wants an http or https address, such as http://host/folder; got"
            + " 'file:/tmp/'",
        "mnist",
        "--from",
        "file:/tmp/");
    refuses(
        "convoy: --from wants an http or https address; got 'http://a b': Illegal character in"
            + " authority",
        "mnist",
        "--from",
        "http://a b");
  }

  private void refuses(String message, String set, String... options) {
    String[] arguments = new String[3 + options.length];
    arguments[0] = "fetch";
    arguments[1] = set;
    arguments[2] = folder.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    Invocation fetch = Invocation.of(arguments);
    assertEquals(2, fetch.exitCode());
    assertTrue(fetch.err().startsWith(message), fetch::err);
  }

  /** A digit more or less, or one of another alphabet, would make every download fail. */
  @Test
  void whatIsPinnedLooksLikeWhatItIs() {
    for (String name : PublishedSet.names()) {
      PublishedSet set = PublishedSet.of(name);
      assertTrue(set.address().toString().endsWith("/"), name);
      set.files().forEach(file -> assertTrue(file.sha256().matches("[0-9a-f]{64}"), file::name));
      assertEquals(
          set.files().size(), set.files().stream().map(f -> f.sha256()).distinct().count(), name);
    }
    assertEquals(170_052_171, PublishedSet.of("cifar10").size());
    assertEquals(List.of("fashion-mnist", "mnist", "cifar10"), PublishedSet.names());
  }

  @Test
  void whatIsFetchedHasTheFormatThatItsSetNames(@TempDir Path parent) throws IOException {
    for (String name : PublishedSet.names()) {
      PublishedSet set = PublishedSet.of(name);
      Path folder = Files.createDirectory(parent.resolve(name));
      Path place =
          Files.createDirectories(
              set.archive().map(layout -> folder.resolve(layout.folder())).orElse(folder));
      Collection<String> files =
          set.archive()
              .<Collection<String>>map(layout -> layout.required().keySet())
              .orElseGet(() -> set.files().stream().map(PublishedFile::name).toList());
      for (String file : files) {
        Files.createFile(place.resolve(file));
      }
      assertTrue(set.format().isIn(new LocalFiles(), folder.toString()), name);
      set.format().requireFiles(new LocalFiles(), folder.toString());
      assertTrue(PublishedSet.namesOf(set.format()).contains(name), name);
    }
    assertEquals(List.of("cifar10"), PublishedSet.namesOf(new Cifar10()));
  }
}
