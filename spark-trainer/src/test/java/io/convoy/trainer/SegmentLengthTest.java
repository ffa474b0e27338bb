package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SegmentLengthTest {
  @Test
  void endsComeToCostTwoPercentAtMost() {
    SegmentLength length = new SegmentLength();
    double perStep = 0.1;
    double ends = 0.5;
    for (int i = 0; i < 10; i++) {
      long steps = length.steps();
      length.succeeded(steps, steps * perStep, steps * perStep + ends);
    }
    assertEquals(250, length.steps(), 1);
  }

  @Test
  void neverLongerThanTwoMinutes() {
    SegmentLength length = new SegmentLength();
    for (int i = 0; i < 20; i++) {
      long steps = length.steps();
      length.succeeded(steps, steps * 10.0, steps * 10.0 + 100);
    }
    assertEquals(12, length.steps());
  }

  @Test
  void halvedByAFailureAndNeverNone() {
    SegmentLength length = new SegmentLength();
    long before = length.steps();
    length.failed();
    assertEquals(before / 2, length.steps());
    for (int i = 0; i < 20; i++) {
      length.failed();
    }
    assertEquals(1, length.steps());
    length.succeeded(1, 0.1, 5);
    assertTrue(length.steps() == 2, "doubled: " + length.steps());
  }
}
