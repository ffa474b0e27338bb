package io.convoy.benchmarks.networks;

import io.convoy.data.SampleSource;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Random images in memory. */
public final class PixelSource implements SampleSource {
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
  public Shape shape() {
    return problem.network().inputShape();
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
  public void read(int index, byte[] to, int offset) {
    System.arraycopy(pixels[index], 0, to, offset, pixels[index].length);
  }

  @Override
  public String fingerprint() {
    return "random";
  }

  @Override
  public void close() {}
}
