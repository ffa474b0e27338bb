package io.convoy.benchmarks.kernels;

import io.convoy.data.raster.Crop;
import io.convoy.data.raster.Planes;
import io.convoy.data.raster.Resampler;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Both passes of resizing an RGB image. */
@State(Scope.Thread)
public class ResamplingBenchmark {
  private static final int CHANNELS = 3;

  /** Width and height of an image, then those that it gets. */
  @Param({
    "1632x1224-224x224",
    "4000x3000-341x256",
    "640x480-341x256",
    "350x300-261x224",
    "32x32-224x224"
  })
  public String sizes;

  private final Resampler resampler = new Resampler();
  private final Planes from = new Planes();
  private final Planes to = new Planes();
  private Crop whole;
  private int height;
  private int width;

  /** Draws the image. */
  @Setup
  public void prepare() {
    String[] parts = sizes.split("[x-]");
    width = Integer.parseInt(parts[2]);
    height = Integer.parseInt(parts[3]);
    whole = Crop.whole(Integer.parseInt(parts[1]), Integer.parseInt(parts[0]));
    RandomStream random = new RandomStream(1, Purpose.SYNTHETIC_DATA);
    byte[] samples = from.room(whole.height(), whole.width(), CHANNELS);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (256 * random.uniform(i));
    }
  }

  /** The whole image. */
  @Benchmark
  public void resize(KernelWork work) {
    resampler.resample(from, whole, height, width, to);
    work.bytes += (double) CHANNELS * (whole.height() * whole.width() + height * width);
  }
}
