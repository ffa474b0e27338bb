package io.convoy.selection;

import io.convoy.ensemble.Candidate;
import io.convoy.ensemble.Contender;
import io.convoy.ensemble.Contenders;
import io.convoy.ensemble.MemberOutputs;
import io.convoy.ensemble.MemberSelection;
import io.convoy.ensemble.Recommendation;
import io.convoy.ensemble.ValidationOutputs;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.HeapOption;
import io.convoy.memory.MemorySize;
import io.convoy.recipe.Preprocessing;
import io.convoy.run.EnsembleFolder;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Chooses an ensemble on the images that all runs hold back, or on a set of its own, and writes its
 * folder. A test set has no place here. What comes out is a function of the runs and of what is
 * asked for, not of the number of executors.
 */
public final class EnsembleSelection {
  /** How it was chosen, beside the ensemble. */
  public static final String REPORT = "selection.json";

  private final JavaSparkContext spark;
  private final MemberPool pool;
  private final EnsembleListener listener;
  private final Configuration configuration;
  private final List<PoolMember> members = new ArrayList<>();
  private final List<Form> forms = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Of some runs' checkpoints. */
  public EnsembleSelection(JavaSparkContext spark, MemberPool pool, EnsembleListener listener) {
    this.spark = spark;
    this.pool = pool;
    this.listener = listener;
    this.configuration = spark.hadoopConfiguration();
  }

  /**
   * Makes the ensemble.
   *
   * @param executors tasks that share the work, at least 1
   * @param threads kernel threads of each
   * @throws ConvoyException when it cannot be made; then there is no folder
   */
  public SelectionOutcome run(EnsembleRequest request, int executors, int threads) {
    EnsembleFolder.requireFree(request.out(), configuration);
    RunImages images = new RunImages(spark, preprocessing(), request.images(), executors, threads);
    MemberWork work = new MemberWork(images, request.validation(), listener);
    if (request.validation() == null) {
      requireHeldBack(work);
    }
    requireEnough(work.size(), "");
    requireHeap(work.size());
    boolean soup = pool.selection() instanceof MemberSelection.Soup;
    int averaged = soup ? pool.members().size() + 3 : 2;
    listener.begin(pool.members().size() + averaged, work.size());
    List<Contender> contenders = new ArrayList<>(Contenders.of(outputs(work)));
    WeightAverages averages = averages(work, contenders, soup);
    contenders.addAll(averages.contenders());
    Recommendation recommendation = Recommendation.of(candidates(contenders));
    Contender taken =
        Contender.named(
            request.take() == null ? key(recommendation, contenders) : request.take(), contenders);
    SelectionReport.DecidedBy by =
        new SelectionReport.DecidedBy(request.validation(), work.fingerprint());
    SelectionReport report = report(work.size(), by, contenders, recommendation, taken, averages);
    write(request.out(), taken, averages, report);
    return new SelectionOutcome(contenders, report);
  }

  /** Of each run, by the first of its members. */
  private Map<MemberRun, Preprocessing> preprocessing() {
    Map<MemberRun, Preprocessing> all = new LinkedHashMap<>();
    List<String> first = null;
    for (MemberRun run : pool.runs()) {
      PoolMember member =
          pool.members().stream().filter(one -> one.run().equals(run)).findFirst().orElseThrow();
      Preprocessing own = member.load(configuration).preprocessing();
      all.put(run, own);
      List<String> classes = own.classes();
      first = first == null ? classes : first;
      if (!classes.equals(first)) {
        throw ConvoyException.usage(
            "members must know the same classes in one order; %s knows %s, %s knows %s: leave one"
                + " of the runs out",
            pool.runs().get(0).name(), first, run.name(), classes);
      }
    }
    return all;
  }

  private void requireHeldBack(MemberWork work) {
    int most = pool.runs().stream().mapToInt(work::heldBackBy).max().orElseThrow();
    int all = work.size();
    if (all == most) {
      return;
    }
    String found =
        "the runs hold back different images: up to %s each, but only %s by all of them, which no"
                .formatted(most, all)
            + " member was trained on";
    String advice =
        "train the runs with the same validation options, and with one validation.seed where their"
            + " seeds differ";
    requireEnough(all, "%s: %s".formatted(found, advice));
    note(found + ". It is chosen on these; to choose on more, " + advice);
  }

  private static void requireEnough(int images, String why) {
    if (images < 2) {
      throw ConvoyException.usage(
          "an ensemble is chosen on at least 2 images; got %d%s",
          images, why.isEmpty() ? "" : ": " + why);
    }
  }

  private void requireHeap(int images) {
    int count = pool.members().size();
    DriverMemory memory = DriverMemory.ensemble(pool.runs().get(0).recipe(), count, images);
    long heap = Runtime.getRuntime().maxMemory();
    if (memory.exceeds(heap)) {
      throw ConvoyException.resource(
          "the driver's heap of %s is too small to choose among %d members on %d images, whose"
              + " weights and outputs it holds: give it %s, or select fewer members",
          MemorySize.ofAtLeast(heap),
          count,
          images,
          HeapOption.of(spark.getConf()).formatted(MemorySize.rounded(memory.heap())));
    }
  }

  private void note(String line) {
    notes.add(line);
    listener.say(line);
  }

  private ValidationOutputs outputs(MemberWork work) {
    List<MemberOutputs> all = new ArrayList<>();
    boolean chooses =
        pool.selection() instanceof MemberSelection.Greedy
            || pool.selection() instanceof MemberSelection.Soup;
    for (PoolMember member : pool.members()) {
      Model model = member.load(configuration);
      MemberOutputs outputs = work.outputs(member.run(), member.place(), model.weights());
      if (chooses && outputs.unusable() > 0) {
        note("%s is left out: its outputs are infinite or no numbers".formatted(member.name()));
        continue;
      }
      members.add(member);
      forms.add(Form.of(model));
      all.add(outputs);
    }
    return work.validation(all);
  }

  private WeightAverages averages(MemberWork work, List<Contender> outputs, boolean soup) {
    WeightAverages averages = new WeightAverages(members, forms.get(0), work, configuration);
    try {
      forms.forEach(forms.get(0)::requireSame);
    } catch (ConvoyException e) {
      if (soup) {
        throw e;
      }
      note("there is no average of weights: " + e.getMessage());
      return averages;
    }
    if (members.size() > 1) {
      averages.addMean();
    }
    if (soup) {
      averages.addSoup(
          IntStream.range(0, members.size())
              .mapToObj(i -> outputs.get(i).candidate().outcomes().score())
              .toList());
    }
    return averages;
  }

  private static List<Candidate> candidates(List<Contender> contenders) {
    return contenders.stream().filter(Contender::takeable).map(Contender::candidate).toList();
  }

  private static String key(Recommendation recommendation, List<Contender> contenders) {
    return contenders.stream()
        .filter(one -> one.takeable() && one.candidate().name().equals(recommendation.chosen()))
        .findFirst()
        .orElseThrow()
        .key();
  }

  private SelectionReport report(
      int images,
      SelectionReport.DecidedBy by,
      List<Contender> contenders,
      Recommendation recommendation,
      Contender taken,
      WeightAverages averages) {
    return new SelectionReport(
        pool.selection().toString(),
        images,
        by,
        IntStream.range(0, members.size())
            .mapToObj(
                i ->
                    new SelectionReport.MemberLine(
                        i + 1, members.get(i).run().name(), members.get(i).checkpoint().step()))
            .toList(),
        contenders.stream().map(SelectionReport.Line::of).toList(),
        recommendation,
        key(recommendation, contenders),
        taken.key(),
        averages.trials() == null
            ? null
            : averages.trials().stream().map(SelectionReport.TrialLine::of).toList(),
        notes);
  }

  private void write(String out, Contender taken, WeightAverages averages, SelectionReport report) {
    EnsembleFolder.write(out, folderMembers(taken, averages), taken.average(), configuration);
    StoreFolder folder = StoreFolder.at(out, configuration);
    Path file = folder.path(REPORT);
    try {
      new WholeFiles(folder, 0).replace(file, stream -> stream.write(Json.lines(report)));
    } catch (IOException e) {
      throw folder.unwritable("write", file, e, "the ensemble is there without it");
    }
  }

  private List<EnsembleFolder.Member> folderMembers(Contender taken, WeightAverages averages) {
    long step =
        taken.members().stream()
            .mapToLong(number -> members.get(number).checkpoint().step())
            .max()
            .orElseThrow();
    return switch (taken.kind()) {
      case WEIGHTS ->
          List.of(new EnsembleFolder.Member(averages.model(taken), averages.runs(taken), step));
      case OUTPUTS ->
          taken.members().stream()
              .map(members::get)
              .map(
                  member ->
                      new EnsembleFolder.Member(
                          member.load(configuration),
                          member.run().name(),
                          member.checkpoint().step()))
              .toList();
    };
  }
}
