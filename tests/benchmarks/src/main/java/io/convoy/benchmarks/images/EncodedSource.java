package io.convoy.benchmarks.images;

import io.convoy.data.IndexedSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.data.image.View;
import io.convoy.data.raster.Crop;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Photographs that lie encoded in memory, for one thread: no disk is measured. */
final class EncodedSource implements IndexedSource {
  private final ImageSet set;
  private final Crop[] crops;
  private final ImageDecoder decoder = new ImageDecoder();

  EncodedSource(ImageSet set) {
    this.set = set;
    crops = new Crop[set.files().size()];
  }

  /** Which part of each photograph was seen when it was read last. */
  List<Crop> crops() {
    return Arrays.asList(crops);
  }

  @Override
  public int size() {
    return set.files().size();
  }

  @Override
  public Optional<Shape> commonShape() {
    return Optional.empty();
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public List<String> classes() {
    return List.of("photograph");
  }

  @Override
  public Target target(int index) {
    return new ClassLabel(0);
  }

  @Override
  public void read(int index, Framing framing, Pixels into) {
    Framing seen =
        (height, width) -> {
          View view = framing.view(height, width);
          crops[index] = view.crop();
          return view;
        };
    decoder.decode(set.files().get(index), "image", 3, seen, into);
  }

  @Override
  public String fingerprint() {
    return "photographs";
  }

  @Override
  public void close() {
    decoder.close();
  }
}
