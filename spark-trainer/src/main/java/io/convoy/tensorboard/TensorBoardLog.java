package io.convoy.tensorboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.CommitRight;
import io.convoy.error.ConvoyException;
import io.convoy.explain.Filters;
import io.convoy.explain.Mosaic;
import io.convoy.explain.Painting;
import io.convoy.explain.RgbImage;
import io.convoy.explain.Thumbnail;
import io.convoy.network.StateLayout;
import io.convoy.storage.StoreFolder;
import io.convoy.train.Evaluator;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationResult;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TensorBoard is to show of a training: {@code RUN/tensorboard/events.out.tfevents.…}, a file
 * for each driver, named by the step that it goes on from.
 *
 * <p>Points wait in memory until a checkpoint at their step or behind it is saved. Then they are
 * appended, where the file system can; elsewhere each checkpoint begins a file, and so does the one
 * after a failure. Each file begins by saying which steps of files before it are void: so whatever
 * a killed driver wrote behind its last checkpoint is not shown.
 *
 * <p>The files are for people to look at. A store that does not take them is told once, in the log;
 * the training goes on.
 *
 * <p>Any thread may add points while another one writes.
 */
public final class TensorBoardLog {
  private static final Logger LOG = LoggerFactory.getLogger(TensorBoardLog.class);
  private static final String FOLDER = "tensorboard";

  /** TensorBoard looks for {@code tfevents}, and reads in the order of names. */
  private static final String PREFIX = "events.out.tfevents.";

  private static final int MOST_BYTES = 32 << 20;
  private static final int MOST_FILTERS = 64;
  private static final int COLUMNS = 8;

  /** Pixels of a filter, after which small ones are magnified. */
  private static final int LEAST_SIDE = 24;

  private final StoreFolder files;
  private final CommitRight owner;
  private final StateLayout layout;
  private final Function<float[], Optional<Filters>> filters;
  private final Deque<Event> pending = new ArrayDeque<>();
  private long pendingBytes;
  private int dropped;

  /** All points up to this step are written. */
  private long written;

  /** The step of the last histograms. */
  private long histograms;

  /** The file that is written to; null where one is to begin. */
  private Path file;

  private boolean begun;
  private boolean failing;

  /**
   * Goes on from a step; nothing is written yet.
   *
   * @param files the run's folder
   * @param owner the driver that writes
   * @param layout of the network's state
   * @param filters of a state, that can be looked at
   * @param start steps done: 0, or those of the checkpoint that the run is resumed from
   */
  public TensorBoardLog(
      StoreFolder files,
      CommitRight owner,
      StateLayout layout,
      Function<float[], Optional<Filters>> filters,
      long start) {
    this.files = files;
    this.owner = owner;
    this.layout = layout;
    this.filters = filters;
    this.written = start;
    this.histograms = start == 0 ? -1 : start;
  }

  /** Adds steps that were done just now, one after the other. */
  public void steps(List<StepReport> reports) {
    double seconds = now() - reports.stream().mapToDouble(StepReport::seconds).sum();
    for (StepReport report : reports) {
      seconds += report.seconds();
      add(Event.scalars(seconds, report.step(), curves(report)));
    }
  }

  private static Map<String, Double> curves(StepReport report) {
    Map<String, Double> curves = new LinkedHashMap<>();
    curves.put("loss/training", report.loss());
    if (report.correct() != null) {
      curves.put("accuracy/training", (double) report.correct() / report.samples());
    }
    curves.put("step/rate", (double) report.rate());
    if (report.gradientNorm() != null) {
      curves.put("step/gradientNorm", report.gradientNorm());
    }
    if (report.seconds() > 0) {
      curves.put("step/imagesPerSecond", report.samples() / report.seconds());
    }
    curves.put("step/dataWaitSeconds", report.dataWaitSeconds());
    report.figures().forEach((name, value) -> curves.put("step/" + name, value));
    return curves;
  }

  /** Adds a validation. */
  public void validation(ValidationResult result) {
    evaluation("validation", result.step(), result.loss(), result.accuracy());
  }

  /** Adds what the test set has shown. */
  public void test(long step, Evaluator.Result result) {
    evaluation("test", step, result.loss(), result.accuracy());
  }

  private void evaluation(String of, long step, double loss, double accuracy) {
    Map<String, Double> curves = new LinkedHashMap<>();
    curves.put("loss/" + of, loss);
    curves.put("accuracy/" + of, accuracy);
    add(Event.scalars(now(), step, curves));
  }

  /** Adds what a report shows of the network: {@code pictures.json}. */
  public void pictures(long step, JsonNode pictures) {
    Map<String, EncodedPicture> all = EncodedPicture.all(pictures);
    if (!all.isEmpty()) {
      add(Event.pictures(now(), step, all));
    }
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  /** The newest stay where it is long until a checkpoint is saved. */
  private void add(Event event) {
    synchronized (pending) {
      pending.addLast(event);
      pendingBytes += event.record().length;
      while (pendingBytes > MOST_BYTES) {
        pendingBytes -= pending.removeFirst().record().length;
        dropped++;
      }
    }
  }

  /**
   * Writes the points up to a state that is being saved, and how its weights are spread. May be
   * done again.
   *
   * @throws ConvoyException of kind RESOURCE when another driver owns the run
   */
  public synchronized void write(TrainingState state) {
    List<Event> due = due(state.step());
    if (state.step() > histograms) {
      due.add(histograms(state));
      filters.apply(state.weights()).ifPresent(found -> due.add(filters(state.step(), found)));
    }
    if (write(state.step(), due)) {
      histograms = state.step();
    }
  }

  /**
   * Writes the points up to a step.
   *
   * @throws ConvoyException of kind RESOURCE when another driver owns the run
   */
  public synchronized void write(long step) {
    write(step, due(step));
  }

  private List<Event> due(long step) {
    synchronized (pending) {
      return new ArrayList<>(pending.stream().takeWhile(event -> event.step() <= step).toList());
    }
  }

  private Event histograms(TrainingState state) {
    Map<String, Histogram> all = new LinkedHashMap<>();
    for (StateLayout.Entry entry : layout.trained()) {
      all.put(
          "weights/" + entry.name(), Histogram.of(state.weights(), entry.offset(), entry.length()));
    }
    return Event.histograms(now(), state.step(), all);
  }

  /** Of filters of many channels, the first of each. */
  private static Event filters(long step, Filters filters) {
    List<RgbImage> pictures = new ArrayList<>();
    for (int f = 0; f < Math.min(MOST_FILTERS, filters.weights().length); f++) {
      pictures.add(Painting.filter(filters, f).get(0));
    }
    byte[] sheet = Thumbnail.png(Mosaic.of(pictures, COLUMNS, LEAST_SIDE));
    return Event.pictures(
        now(), step, Map.of("filters/" + filters.layer(), EncodedPicture.of(sheet)));
  }

  /** Whether all is written. */
  private boolean write(long step, List<Event> due) {
    if (due.isEmpty()) {
      return true;
    }
    owner.check();
    try {
      add(due);
    } catch (IOException e) {
      file = null;
      tell(e);
      return false;
    }
    failing = false;
    written = step;
    forget(step);
    return true;
  }

  private void tell(IOException error) {
    if (!failing) {
      LOG.warn(
          "event files for TensorBoard cannot be written to {}: {}; training goes on, and"
              + " metrics.jsonl has the same figures",
          files.path(FOLDER),
          StoreFolder.reason(error));
    }
    failing = true;
  }

  private void forget(long step) {
    synchronized (pending) {
      while (!pending.isEmpty() && pending.getFirst().step() <= step) {
        pendingBytes -= pending.removeFirst().record().length;
      }
      if (dropped > 0) {
        LOG.warn(
            "event files for TensorBoard lack the {} oldest points since the last checkpoint: no more"
                + " than {} MB wait for one; metrics.jsonl has them",
            dropped,
            MOST_BYTES >> 20);
        dropped = 0;
      }
    }
  }

  private void add(List<Event> due) throws IOException {
    if (file != null && files.canAppend(file)) {
      files.append(file, out -> writeAll(due, out));
      return;
    }
    Path next = files.path(String.format(Locale.ROOT, "%s/%s%012d", FOLDER, PREFIX, written));
    begin();
    List<Event> all = new ArrayList<>(List.of(Event.version(now())));
    all.add(Event.restart(now(), written + 1));
    all.addAll(due);
    files.write(next, out -> writeAll(all, out));
    file = next;
  }

  private static void writeAll(List<Event> events, OutputStream out) throws IOException {
    for (Event event : events) {
      out.write(event.record());
    }
  }

  /** Before this driver's first file: those of a killed driver that begin behind it go. */
  private void begin() throws IOException {
    if (begun) {
      return;
    }
    Path folder = files.path(FOLDER);
    files.makeFolder(folder);
    for (String name : files.names(folder)) {
      if (name.matches(PREFIX + "\\d{12,18}")
          && Long.parseLong(name.substring(PREFIX.length())) >= written) {
        files.fileSystem().delete(new Path(folder, name), false);
      }
    }
    begun = true;
  }
}
