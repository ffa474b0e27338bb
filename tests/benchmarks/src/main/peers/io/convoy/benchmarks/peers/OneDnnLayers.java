package io.convoy.benchmarks.peers;

import io.convoy.benchmarks.layers.Contender;
import io.convoy.benchmarks.layers.Operands;
import io.convoy.benchmarks.layers.Problem;
import io.convoy.benchmarks.layers.Workload;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.stream;

/**
 * Layers by oneDNN, in the memory layouts that it prefers for each primitive. The reorders from and
 * to plain layouts are not timed, as in a framework that keeps blocked layouts throughout. Its
 * threads follow the environment.
 */
public final class OneDnnLayers implements Contender {
  private engine processor;
  private stream queue;

  @Override
  public String name() {
    return "oneDNN";
  }

  @Override
  public String version() {
    dnnl_version_t version = dnnl.version();
    return "%s.%s.%s".formatted(version.major(), version.minor(), version.patch());
  }

  @Override
  public Optional<Workload> prepare(Problem problem, Operands operands, int threads) {
    if (processor == null) {
      processor = new engine(engine.kind.cpu, 0);
      queue = new stream(processor);
    }
    return Optional.of(new OneDnnWorkload(problem, operands, processor, queue));
  }

  @Override
  public void close() {
    if (processor != null) {
      queue.deallocate();
      processor.deallocate();
      processor = null;
    }
  }
}
