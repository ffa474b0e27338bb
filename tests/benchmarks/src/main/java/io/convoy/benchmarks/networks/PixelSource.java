package io.convoy.benchmarks.networks;

import io.convoy.data.IndexedSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Random images in memory. */
public final class PixelSource implements IndexedSource {
  private final NetworkProblem problem;
  private final byte[][] pixels;

  /**
   * @param size images, at least 1
   */
  public PixelSource(NetworkProblem problem, int size) {
    this.problem = problem;
    this.pixels = IntStream.range(0, size).mapToObj(problem::pixels).toArray(byte[][]::new);
  }

  @Override
  public int size() {
    return pixels.length;
  }

  @Override
  public Optional<Shape> commonShape() {
    return Optional.of(problem.network().inputShape());
  }

  @Override
  public boolean isDecoded(int index) {
    return true;
  }

  @Override
  public List<String> classes() {
    return IntStream.range(0, problem.network().outputShape().channels())
        .mapToObj(String::valueOf)
        .toList();
  }

  @Override
  public Target target(int index) {
    return new ClassLabel(problem.label(index));
  }

  @Override
  public void read(int index, Framing framing, Pixels into) {
    byte[] room = into.room(problem.network().inputShape());
    System.arraycopy(pixels[index], 0, room, 0, pixels[index].length);
    into.frame(framing);
  }

  @Override
  public String fingerprint() {
    return "random";
  }

  @Override
  public void close() {}
}
