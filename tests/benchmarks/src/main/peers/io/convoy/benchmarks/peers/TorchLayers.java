package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDManager;
import io.convoy.benchmarks.layers.Contender;
import io.convoy.benchmarks.layers.Direction;
import io.convoy.benchmarks.layers.Operands;
import io.convoy.benchmarks.layers.Problem;
import io.convoy.benchmarks.layers.Workload;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Layers by PyTorch, for each direction in the better of NCHW and channels-last, which a first
 * trial decides.
 */
public final class TorchLayers implements Contender {
  private static final int TRIALS = 5;

  @Override
  public String name() {
    return Torch.NAME;
  }

  @Override
  public String version() {
    return Torch.version();
  }

  @Override
  public Optional<Workload> prepare(Problem problem, Operands operands, int threads) {
    return Optional.of(new Better(problem, operands, Torch.manager(threads)));
  }

  private static final class Better implements Workload {
    private final NDManager manager;
    private final TorchWorkload channelsFirst;
    private final TorchWorkload channelsLast;
    private final Map<Direction, TorchWorkload> chosen = new EnumMap<>(Direction.class);

    Better(Problem problem, Operands operands, NDManager manager) {
      this.manager = manager;
      channelsFirst = new TorchWorkload(problem, operands, manager, false);
      channelsLast = new TorchWorkload(problem, operands, manager, true);
    }

    private TorchWorkload choose(Direction direction) {
      return best(channelsFirst, direction) <= best(channelsLast, direction)
          ? channelsFirst
          : channelsLast;
    }

    private static long best(TorchWorkload workload, Direction direction) {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < TRIALS; i++) {
        best = Math.min(best, workload.nanos(direction));
      }
      return best;
    }

    @Override
    public long nanos(Direction direction) {
      return chosen.computeIfAbsent(direction, this::choose).nanos(direction);
    }

    @Override
    public float[] result(Direction direction) {
      return chosen.get(direction).result(direction);
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
