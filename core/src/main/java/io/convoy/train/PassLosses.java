package io.convoy.train;

import io.convoy.data.SampleSource;
import io.convoy.execution.Execution;
import io.convoy.loss.ClassCounts;
import io.convoy.loss.Criterion;
import io.convoy.loss.LossTerm;
import io.convoy.loss.Objective;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.Pass;
import io.convoy.recipe.Recipe;
import io.convoy.targets.Target;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The losses of a pass, shard by shard, and their gradients at the network's outputs. */
final class PassLosses {
  private final Network network;
  private final Execution execution;
  private final ShardFigures layout;
  private final Objective objective;
  private final List<Tensor> outputs;
  private final List<Tensor> gradients;

  /**
   * @param execution whose outputs they are
   * @param layout where figures stand
   * @param training the samples that are trained on
   */
  PassLosses(Recipe recipe, Execution execution, ShardFigures layout, SampleSource training) {
    network = recipe.network();
    this.execution = execution;
    this.layout = layout;
    int count = network.trainingOutputs().size();
    outputs = IntStream.range(0, count).mapToObj(execution::output).toList();
    gradients = IntStream.range(0, count).mapToObj(execution::outputGradient).toList();
    objective = new Objective(recipe.lossTerms().stream().map(t -> term(t, training)).toList());
  }

  private Objective.Term term(LossTerm term, SampleSource training) {
    List<Node> all = network.trainingOutputs();
    int output = all.stream().map(Node::name).toList().indexOf(term.output());
    Criterion criterion =
        term.loss().trainedOn(() -> classCounts(training)).criterion(all.get(output).shape());
    return new Objective.Term(output, criterion, term.weight());
  }

  private static ClassCounts classCounts(SampleSource source) {
    long[] counts = new long[source.classes().size()];
    for (int i = 0; i < source.size(); i++) {
      for (int label : source.labels(i)) {
        counts[label]++;
      }
    }
    return new ClassCounts(source.size(), Arrays.stream(counts).boxed().toList());
  }

  /**
   * Computes losses and gradients.
   *
   * @param targets of the pass's samples
   * @param firstShard the number of its first shard
   * @param figures where the {@link ShardFigures} of its shards go, but for the rank's times
   * @return whether all losses are numbers
   */
  boolean compute(Pass pass, Target[] targets, int firstShard, double[] figures) {
    boolean finite = true;
    for (int shard = 0; shard < pass.shards(); shard++) {
      objective.compute(outputs, pass.start(shard), pass.start(shard + 1), targets, gradients);
      figures[layout.loss(firstShard + shard)] = objective.loss();
      figures[layout.weight(firstShard + shard)] = objective.weight();
      figures[layout.faultyNode(firstShard + shard)] = -1;
      for (int k = 0; k < layout.reported().size(); k++) {
        figures[layout.reported(firstShard + shard, k)] = objective.figure(k);
      }
      finite &= Double.isFinite(objective.loss());
    }
    return finite;
  }

  /** Looks for the layer at fault in those shards whose loss is no number. */
  void nameFaulty(Pass pass, int firstShard, double[] figures) {
    List<String> nodes = network.nodes().stream().map(Node::name).toList();
    String[] faulty = execution.firstNonFinite(pass);
    for (int shard = 0; shard < pass.shards(); shard++) {
      if (!Double.isFinite(figures[layout.loss(firstShard + shard)])) {
        figures[layout.faultyNode(firstShard + shard)] = nodes.indexOf(faulty[shard]);
      }
    }
  }
}
