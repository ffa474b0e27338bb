package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtremeSeriesTest {
  @Test
  void aShortCurveStaysAsItIs() {
    ExtremeSeries series = new ExtremeSeries();
    series.add(1, 3);
    series.add(2, -1);
    series.add(7, 2.5);
    assertEquals("{\"x\":[1,2,7],\"y\":[3.0,-1.0,2.5]}", series.json().toString());
  }

  @Test
  void whatIsNoNumberIsPassedOver() {
    ExtremeSeries series = new ExtremeSeries();
    series.add(1, Double.NaN);
    series.add(2, Double.POSITIVE_INFINITY);
    assertTrue(series.isEmpty());
    assertEquals("{\"x\":[],\"y\":[]}", series.json().toString());
  }

  /** A single peak in a million steps is not lost, and its place neither. */
  @Test
  void aLongCurveKeepsItsPeaks() {
    ExtremeSeries series = new ExtremeSeries();
    Random random = new Random(1);
    for (long step = 1; step <= 1_000_000; step++) {
      series.add(step, step == 613_411 ? 9 : step == 12_345 ? -9 : random.nextDouble());
    }
    JsonNode json = series.json();
    assertTrue(json.get("x").size() <= 2 * ExtremeSeries.INTERVALS, "bounded");
    assertTrue(json.get("x").size() > ExtremeSeries.INTERVALS / 2, "not too coarse");
    assertEquals(9, valueAt(json, 613_411));
    assertEquals(-9, valueAt(json, 12_345));
    for (int i = 1; i < json.get("x").size(); i++) {
      assertTrue(json.get("x").get(i - 1).asLong() < json.get("x").get(i).asLong(), "in order");
    }
  }

  /** Steps of a validation stand far apart, and intervals between them are empty. */
  @Test
  void aSparseCurveKeepsEveryPoint() {
    ExtremeSeries series = new ExtremeSeries();
    for (int i = 1; i <= 50; i++) {
      series.add(i * 7001L, -i);
    }
    JsonNode json = series.json();
    assertEquals(50, json.get("x").size());
    assertEquals(-50, valueAt(json, 50 * 7001L));
  }

  private static double valueAt(JsonNode json, long step) {
    for (int i = 0; i < json.get("x").size(); i++) {
      if (json.get("x").get(i).asLong() == step) {
        return json.get("y").get(i).asDouble();
      }
    }
    throw new AssertionError("no point at step " + step);
  }
}
