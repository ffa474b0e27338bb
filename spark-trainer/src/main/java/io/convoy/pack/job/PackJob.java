package io.convoy.pack.job;

import io.convoy.data.PackedOrder;
import io.convoy.data.folder.Classes;
import io.convoy.data.folder.LeftOut;
import io.convoy.data.reader.Pack;
import io.convoy.images.ImageRows;
import io.convoy.json.Json;
import io.convoy.pack.PackDescription;
import io.convoy.storage.HadoopFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Packs sets: looks through the sources, writes the files in a random order, and commits all of
 * them together.
 */
final class PackJob {
  private final SparkSession session;
  private final HadoopFiles files;
  private final PackOptions options;
  private final PackListener listener;
  private final JobRun jobs;

  /**
   * A set, when its source has been looked through.
   *
   * @param classes those that were wanted
   */
  private record Known(
      NamedInput set, Classes classes, ClassLabels labels, PackPlan.PlannedSet planned) {}

  PackJob(SparkSession spark, PackOptions options, PackListener listener) {
    session = spark.newSession();
    // so that listing, shuffle and writing are one job, whose progress can be told
    session.conf().set("spark.sql.adaptive.enabled", "false");
    this.options = options;
    this.listener = listener;
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    files = new HadoopFiles(context.hadoopConfiguration());
    jobs = new JobRun(context, listener);
  }

  /** Packs sets into a folder; the classes of the first are those of all. */
  PackSummary run(List<NamedInput> sets, String out) {
    PackWork work = PackWork.of(out, files.configuration());
    List<Known> known = new ArrayList<>();
    for (NamedInput set : sets) {
      look(set, known);
    }
    PackPlan plan = PackPlan.of(options, known.stream().map(Known::planned).toList());
    if (work.begin(Json.text(plan))) {
      listener.say("going on with what is packed already in " + work.place());
    }
    List<PackResult> results = new ArrayList<>();
    for (Known set : known) {
      results.add(pack(set, work.set(set.set().name())));
    }
    Rejections rejections = new Rejections(options, work.out().toString());
    rejections.write(results, listener);
    for (PackResult result : results) {
      result.inWords().forEach(listener::say);
      describe(result);
    }
    work.commit();
    return PackSummary.of(work.out().toString(), results);
  }

  private void look(NamedInput named, List<Known> known) {
    PackInput input = named.input();
    input.notes().forEach(listener::say);
    JavaRDD<byte[]> parts = input.images(session, classes(known), false).mapPartitions(Survey::of);
    Survey survey = Survey.sum(jobs.collect(parts, "looking through " + named.inWords(), 0));
    LeftOut leftOut = new LeftOut();
    for (PackInput.Part part : input.sets(named.name(), survey)) {
      if (part.set().input() != input) {
        part.set().input().notes().forEach(listener::say);
      }
      known.add(sorted(part, classes(known), leftOut));
    }
    leftOut.add(survey.leftOut());
    leftOut.inWords(input.place()).forEach(listener::say);
  }

  /** A test set has the classes of the training set, and may lack some. */
  private Classes classes(List<Known> known) {
    Classes chosen = Classes.chosen(options.classes(), false);
    return known.isEmpty() ? chosen : chosen.ofTraining(known.get(0).labels().names());
  }

  private Known sorted(PackInput.Part part, Classes classes, LeftOut leftOut) {
    NamedInput set = part.set();
    ClassLabels.Sorted sorted = set.input().labels(part.survey(), classes);
    leftOut.add(sorted.leftOut());
    ClassLabels labels = sorted.labels();
    Survey.Images images = part.survey().of(labels.labels().keySet());
    int found =
        labels.sets() == null ? Set.copyOf(labels.labels().values()).size() : labels.names().size();
    listener.say(
        "%s: %s images of %s classes".formatted(set.input().place(), images.count(), found));
    return new Known(
        set,
        classes,
        labels,
        new PackPlan.PlannedSet(
            set.name(),
            labels.names(),
            labels.sets(),
            images.count(),
            images.bytes(),
            images.listing(),
            options.order().files(images.bytes())));
  }

  private PackResult pack(Known set, PartFolder folder) {
    List<PackedPart> parts;
    try {
      parts = new ArrayList<>(folder.finished());
    } catch (IOException e) {
      throw folder.folder().failed("read", folder.folder().root(), e);
    }
    Set<Integer> done = parts.stream().map(PackedPart::number).collect(Collectors.toSet());
    PackedOrder order = options.order();
    int count = set.planned().files();
    ClassLabels labels = set.labels();
    JavaRDD<Row> keyed =
        set.set()
            .input()
            .images(session, set.classes(), true)
            .flatMap(row -> keyed(row, order, count, labels, done));
    String place = folder.folder().root().toString();
    WriteTask task = new WriteTask(files, place, options, labels.numbers(), labels.sets() != null);
    JavaRDD<byte[]> written =
        session
            .createDataFrame(keyed, ImageRows.SHUFFLED)
            .repartitionById(count, functions.col("file"))
            .sortWithinPartitions("key", "path", "label", "image")
            .toJavaRDD()
            .mapPartitions(task);
    for (byte[] json :
        jobs.collect(written, "packing " + set.set().inWords(), set.planned().bytes())) {
      parts.add(Json.read(json, PackedPart.class, "part"));
    }
    return PackResult.of(set.set(), folder, labels, parts, set.planned().images());
  }

  /** The row as it is shuffled; none where it is no part of the set, or is packed already. */
  private static Iterator<Row> keyed(
      Row row, PackedOrder order, int files, ClassLabels labels, Set<Integer> done) {
    String found = row.getString(ImageRows.FOUND_CLASS);
    Integer label = found == null ? null : labels.labels().get(found);
    if (label == null) {
      return Collections.emptyIterator();
    }
    String path = labels.name(row.getString(ImageRows.PATH));
    byte[] key = order.key(path);
    int file = PackedOrder.file(key, files);
    if (done.contains(file)) {
      return Collections.emptyIterator();
    }
    long length = row.getLong(ImageRows.LENGTH);
    boolean readable = length <= ImageRows.MOST_BYTES;
    return List.of(
            RowFactory.create(
                key,
                file,
                path,
                label,
                readable ? row.get(ImageRows.LOCATION) : null,
                readable ? row.get(ImageRows.IMAGE) : null,
                length))
        .iterator();
  }

  private void describe(PackResult result) {
    PartFolder folder = result.folder();
    try {
      String labels = folder.joinLabels(result.parts());
      PackDescription description = result.description(options, labels);
      folder.clean();
      folder.write(Pack.DESCRIPTION, Json.lines(description));
    } catch (IOException e) {
      throw folder
          .folder()
          .unwritable(
              "write to",
              folder.folder().root(),
              e,
              "start the command again: it goes on from there");
    }
  }
}
