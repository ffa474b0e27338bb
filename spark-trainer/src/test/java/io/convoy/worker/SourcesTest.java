package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.IndexedSource;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.error.ConvoyException;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final Supplier<FileDigests> NONE_KNOWN = () -> FileDigests.NONE;

  @TempDir Path folder;

  private final FileStore files = new LocalFiles();

  @Test
  void aChangedSetIsOpenedAnew() throws IOException {
    write(0, 1_000_000);
    IdxDataSet set = IdxDataSet.train(files, folder.toString());
    SampleSource first = Sources.open(set, files, set.version(files));
    assertSame(first, Sources.open(set, files, set.version(files)));
    write(1, 2_000_000);
    SampleSource second = Sources.open(set, files, set.version(files));
    assertNotSame(first, second);
    assertNotEquals(first.fingerprint(), second.fingerprint());
    assertEquals(2, second.label(1));
  }

  /** An executor's own file may be older, or another, whatever its time says. */
  @Test
  void whatTheDriverDidNotSeeIsRefused() throws IOException {
    write(0, 1_000_000);
    IdxDataSet set = IdxDataSet.train(files, folder.toString());
    String before = Sources.open(set, files, "one").fingerprint();
    write(1, 1_000_000);
    String after;
    try (SampleSource source = set.open(files)) {
      after = source.fingerprint();
    }
    assertEquals(after, Sources.open(set, files, "one", after, NONE_KNOWN).fingerprint());
    ConvoyException e =
        assertThrows(
            ConvoyException.class, () -> Sources.open(set, files, "one", before, NONE_KNOWN));
    assertTrue(e.getMessage().contains("every executor must see the data that the driver sees"));
  }

  @Test
  void theOldestAreClosedToMakeRoom() {
    List<String> closed = new ArrayList<>();
    List<DataSet> sets = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      sets.add(store -> new Closing(name, closed));
    }
    SampleSource a = Sources.open(sets.get(0), files, "");
    Sources.open(sets.get(1), files, "");
    assertSame(a, Sources.open(sets.get(0), files, ""));
    assertEquals(List.of(), closed);
    Sources.open(sets.get(2), files, "");
    assertEquals(List.of("b"), closed);
    Sources.open(sets.get(2), files, "changed");
    assertEquals(List.of("b", "c"), closed);
    Sources.open(sets.get(3), files, "");
    assertEquals(List.of("b", "c", "a"), closed);
  }

  /** An image that says when it is closed. */
  private record Closing(String name, List<String> closed) implements IndexedSource {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public Optional<Shape> commonShape() {
      return Optional.of(Shape.of(1, 1, 1));
    }

    @Override
    public List<String> classes() {
      return List.of(name);
    }

    @Override
    public Target target(int index) {
      return new ClassLabel(0);
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      into.room(Shape.of(1, 1, 1))[0] = 0;
      into.frame(framing);
    }

    @Override
    public String fingerprint() {
      return name;
    }

    @Override
    public void close() {
      closed.add(name);
    }
  }

  /** Two images of one pixel; the label of the second is one higher than {@code value}. */
  private void write(int value, long modified) throws IOException {
    byte[] images = ByteBuffer.allocate(18).putInt(0x803).putInt(2).putInt(1).putInt(1).array();
    byte[] labels =
        ByteBuffer.allocate(10).putInt(0x801).putInt(2).put(9, (byte) (value + 1)).array();
    Files.write(folder.resolve("train-images-idx3-ubyte"), images);
    Path file = Files.write(folder.resolve("train-labels-idx1-ubyte"), labels);
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
  }
}
