package io.convoy.benchmarks.dl4j;

import io.convoy.benchmarks.networks.Mode;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.networks.Step;
import io.convoy.network.StateLayout;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A batch through DL4J, from Convoy's weights: its own {@code fit}, with its own momentum
 * (Nesterov's, as many operations), and its own {@code output}.
 */
final class Dl4jStep implements Step {
  /** What DL4J calls the parameters of a layer. */
  private static final Map<String, String> NORM =
      Map.of("weight", "gamma", "bias", "beta", "running_mean", "mean", "running_var", "var");

  private static final Map<String, String> PLAIN = Map.of("weight", "W", "bias", "b");

  private final ComputationGraph graph;
  private final Mode mode;
  private final INDArray[] inputs;
  private final INDArray[] labels;
  private INDArray output;

  Dl4jStep(NetworkProblem problem, Mode mode) {
    this.mode = mode;
    graph = new ComputationGraph(Dl4jGraph.of(problem.network(), mode == Mode.TRAINING));
    graph.init();
    float[] state = problem.initialState();
    problem.network().layout().entries().forEach(entry -> set(entry, state));
    Shape shape = problem.network().inputShape();
    int batch = problem.batch();
    inputs =
        new INDArray[] {
          Nd4j.create(
                  problem.input(),
                  new long[] {batch, shape.height(), shape.width(), shape.channels()},
                  'c')
              .permute(0, 3, 1, 2)
              .dup('c')
        };
    INDArray classes =
        Nd4j.zeros(DataType.FLOAT, batch, problem.network().outputShape().channels());
    for (int n = 0; n < batch; n++) {
      classes.putScalar(n, problem.label(n), 1);
    }
    labels = new INDArray[] {classes};
  }

  private void set(StateLayout.Entry entry, float[] state) {
    int dot = entry.name().lastIndexOf('.');
    String layer = entry.name().substring(0, dot);
    String parameter = entry.name().substring(dot + 1);
    float[] values = Arrays.copyOfRange(state, entry.offset(), entry.offset() + entry.length());
    Map<String, INDArray> known = graph.getLayer(layer).paramTable();
    INDArray target = known.get((known.containsKey("gamma") ? NORM : PLAIN).get(parameter));
    long[] extents = Arrays.stream(entry.parameter().shape().toArray()).asLongStream().toArray();
    INDArray own = Nd4j.create(values, extents, 'c');
    // dense weights are [in, out] there; rows of one number are what vectors are
    target.assign(extents.length == 2 ? own.transpose() : own.reshape(target.shape()));
  }

  @Override
  public void run() {
    switch (mode) {
      case TRAINING -> graph.fit(inputs, labels);
      case INFERENCE -> output = graph.output(false, inputs)[0];
    }
  }

  @Override
  public float[] logits() {
    return output.dup('c').data().asFloat();
  }
}
