package io.convoy.selection;

import io.convoy.ensemble.Contender;
import io.convoy.ensemble.GreedySoup;
import io.convoy.ensemble.MemberOutputs;
import io.convoy.ensemble.Outcomes;
import io.convoy.ensemble.ValidationOutputs;
import io.convoy.ensemble.ValidationScore;
import io.convoy.ensemble.WeightAverage;
import io.convoy.inference.Model;
import io.convoy.network.StateLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Networks whose weights are averages of the members'. Their batch norms' statistics are measured
 * anew over the training images of the first member's run.
 */
final class WeightAverages {
  private static final String WEIGHTS = "weights";
  private static final String SOUP = "soup";

  private final List<PoolMember> members;
  private final StateLayout layout;
  private final MemberWork work;
  private final Configuration configuration;
  private final List<Contender> contenders = new ArrayList<>();
  private final Map<String, Model> models = new HashMap<>();
  private List<GreedySoup.Trial> trials;

  /**
   * @param members at least one, of one network
   */
  WeightAverages(
      List<PoolMember> members, Form form, MemberWork work, Configuration configuration) {
    this.members = members;
    this.layout = form.layout();
    this.work = work;
    this.configuration = configuration;
  }

  /** The average of all, and beside it the one whose statistics are averages too. */
  void addMean() {
    WeightAverage average = new WeightAverage(layout);
    Model first = null;
    for (PoolMember member : members) {
      Model model = member.load(configuration);
      first = first == null ? model : first;
      average.add(model.name(), model.weights());
    }
    String name = "the average of %s members' weights".formatted(members.size());
    List<Integer> all = IntStream.range(0, members.size()).boxed().toList();
    add(WEIGHTS, name, all, average.mean(), first);
  }

  /** The greedy soup, by what the members reach alone. */
  void addSoup(List<ValidationScore> alone) {
    Model first = members.get(0).load(configuration);
    GreedySoup soup =
        GreedySoup.make(
            layout,
            alone,
            member -> members.get(member).load(configuration).weights(),
            this::accuracy);
    trials = soup.trials();
    String name = "the greedy soup of %s members' weights".formatted(soup.members().size());
    add(SOUP, name, soup.members(), soup.state(), first);
  }

  private double accuracy(float[] mean) {
    ValidationOutputs outputs = outputs(SOUP, measured(mean));
    return Outcomes.ofMember(outputs, 0).top(1).value();
  }

  /** Of one member too: statistics are measured for all averages alike. */
  private float[] measured(float[] mean) {
    return WeightAverage.needsRefresh(layout) ? work.refreshed(members.get(0).run(), mean) : mean;
  }

  private ValidationOutputs outputs(String name, float[] weights) {
    MemberOutputs outputs = work.outputs(members.get(0).run(), name, weights);
    return work.validation(List.of(outputs));
  }

  private void add(String key, String name, List<Integer> averaged, float[] mean, Model first) {
    float[] measured = measured(mean);
    contenders.add(Contender.ofWeights(key, name, outputs(key, measured), averaged, true));
    models.put(
        key,
        new Model(name, first.network(), measured, first.preprocessing(), first.convolution()));
    if (WeightAverage.needsRefresh(layout)) {
      contenders.add(
          Contender.ofWeights(
              key + ":unrefreshed",
              name + " and of their batch norms' statistics",
              outputs(key, mean),
              averaged,
              false));
    }
  }

  List<Contender> contenders() {
    return contenders;
  }

  /** What the soup has tried; null where none was made. */
  List<GreedySoup.Trial> trials() {
    return trials;
  }

  /** The network of a contender that can be taken. */
  Model model(Contender contender) {
    return models.get(contender.key());
  }

  /** The runs of its members, each once. */
  String runs(Contender contender) {
    return contender.members().stream()
        .map(number -> members.get(number).run().name())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
