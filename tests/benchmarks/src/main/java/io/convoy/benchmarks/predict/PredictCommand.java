package io.convoy.benchmarks.predict;

import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.timing.Machine;
import io.convoy.benchmarks.timing.Options;
import io.convoy.benchmarks.timing.Peers;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code predict}: times the labelling of stored images. */
@Command(
    name = "predict",
    description = {
      "Times the labelling of the images of a folder, from JPEG files to Parquet: convoy predict, and"
          + " the same job with other libraries, in turns. All run in Spark's local mode with as many"
          + " tasks at a time as --threads says, of one thread each.",
      "Also measured, in the same rounds: decoding alone and inference alone, whose sum is the least"
          + " that an image can take."
    })
public final class PredictCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NETWORK", description = "By its name in the zoo.")
  private String network;

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      description =
          "A folder of JPEG files or of tar files of them, on any Hadoop file system. The rows are written beside.")
  private String data;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images that peers compute at once; by default what is usual for the network.")
  private int batch;

  @Mixin private Options options;

  @Override
  public Integer call() {
    List<PeerLibrary> peers = Peers.load(PeerLibrary.class, PeerLibrary::name, options.peers(), 1);
    NetworkProblem problem = NetworkProblem.named(network, batch);
    System.out.println(Machine.here());
    peers.forEach(peer -> System.out.println(peer.name() + " " + peer.version()));
    try (PredictBenchmark benchmark = new PredictBenchmark(problem, data, peers, options)) {
      benchmark.run(System.out);
    }
    return 0;
  }
}
