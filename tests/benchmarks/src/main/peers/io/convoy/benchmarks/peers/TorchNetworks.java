package io.convoy.benchmarks.peers;

import io.convoy.benchmarks.networks.Mode;
import io.convoy.benchmarks.networks.NetworkContender;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.networks.Step;
import java.util.List;

/** Networks by PyTorch, in both of its memory formats. */
public final class TorchNetworks implements NetworkContender {
  private static final String CHANNELS_LAST = "channels-last";

  @Override
  public String name() {
    return Torch.NAME;
  }

  @Override
  public String version() {
    return Torch.version();
  }

  @Override
  public List<String> ways(Mode mode) {
    return List.of("NCHW", CHANNELS_LAST);
  }

  @Override
  public Step prepare(NetworkProblem problem, Mode mode, String way, int threads) {
    return new TorchStep(problem, mode, way.equals(CHANNELS_LAST), threads);
  }
}
