package io.convoy.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.convoy.text.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The trials of a search in rows.
 *
 * @param report with the trials in their order
 */
public record SearchTable(SearchReport report) {
  /** For people: a line a trial, keys as short as they can be told apart. */
  public List<String> lines() {
    List<String> heads = new ArrayList<>(List.of(">trial"));
    shortKeys().forEach(key -> heads.add(">" + key));
    heads.addAll(List.of(">epochs", ">loss", ">accuracy", ">seconds", "<"));
    TextTable table = new TextTable(heads.toArray(String[]::new));
    for (TrialResult trial : report.trials()) {
      List<Object> row = new ArrayList<>(List.of(trial.trial()));
      keys().forEach(key -> row.add(text(trial, key)));
      row.add(trial.epochs());
      row.add(figure("%.4f", 1, trial.loss(), trial.lossSpread()));
      row.add(figure("%.2f", 100, trial.accuracy(), trial.accuracySpread()));
      row.add(String.format(Locale.ROOT, "%.0f", trial.seconds()));
      row.add(note(trial));
      table.row(row.toArray());
    }
    return table.lines();
  }

  private List<String> keys() {
    return List.copyOf(report.space().keySet());
  }

  /** The last words of each key: as many as no other key ends in. */
  private List<String> shortKeys() {
    List<String> keys = keys();
    return keys.stream().map(key -> shortened(key, keys)).toList();
  }

  private static String shortened(String key, List<String> keys) {
    for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
      String end = key.substring(dot);
      if (keys.stream().filter(other -> ("." + other).endsWith(end)).count() == 1) {
        return end.substring(1);
      }
    }
    return key;
  }

  private static String text(TrialResult trial, String key) {
    JsonNode value = trial.values().getOrDefault(key, NullNode.getInstance());
    return value.isNull() ? "-" : value.isValueNode() ? value.asText() : value.toString();
  }

  private static String figure(String format, int times, Double value, Double spread) {
    if (value == null) {
      return "-";
    }
    String mean = String.format(Locale.ROOT, format, times * value);
    return spread == null
        ? mean
        : mean + " ± " + String.format(Locale.ROOT, format, times * spread);
  }

  private String note(TrialResult trial) {
    Stream<String> words =
        Stream.of(
            Integer.valueOf(trial.trial()).equals(report.best()) ? "best" : "",
            trial.trial() == 0 ? "the recipe's own" : "",
            trial.failure() == null ? "" : "failed: " + trial.failure());
    return words.filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
  }

  /** For programs, {@code trials.csv}: RFC 4180, a figure that is not there is empty. */
  public String csv() {
    StringBuilder text = new StringBuilder();
    List<String> heads = new ArrayList<>(List.of("trial"));
    heads.addAll(keys());
    heads.addAll(
        List.of(
            "epochs", "loss", "loss_spread", "accuracy", "accuracy_spread", "seconds", "failure"));
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord(heads);
      for (TrialResult trial : report.trials()) {
        List<Object> row = new ArrayList<>(List.of(trial.trial()));
        keys().forEach(key -> row.add(text(trial, key)));
        row.add(trial.epochs());
        row.add(trial.loss());
        row.add(trial.lossSpread());
        row.add(trial.accuracy());
        row.add(trial.accuracySpread());
        row.add(trial.seconds());
        row.add(trial.failure());
        printer.printRecord(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: the text is in memory", e);
    }
    return text.toString();
  }
}
