package io.convoy.data.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import org.junit.jupiter.api.Test;

class DrawsTest {
  @Test
  void stepsHaveTheirPositions() {
    RandomStream stream = new RandomStream(9, Purpose.AUGMENTATION);
    stream.at(3, 8);
    Draws draws = new Draws(9);
    draws.at(3, 8);
    for (int step = 0; step < 4; step++) {
      draws.step(step);
      for (int position = 0; position < 64; position++) {
        assertEquals(
            stream.below(1 << 30, 64 + 64 * step + position), draws.below(1 << 30, position));
      }
    }
    assertThrows(IllegalArgumentException.class, () -> draws.below(2, 64));
  }

  @Test
  void pixelsHaveStreamsOfTheirOwn() {
    Draws draws = new Draws(9);
    draws.at(3, 8);
    int first = draws.noise().bits(0);
    draws.step(1);
    assertNotEquals(first, draws.noise().bits(0));
    draws.step(0);
    assertEquals(first, draws.noise().bits(0));
    draws.at(3, 9);
    assertNotEquals(first, draws.noise().bits(0));
  }

  @Test
  void rangesAreFilledToBothEnds() {
    Draws draws = new Draws(1);
    double least = 1;
    double most = 0;
    int happened = 0;
    for (int row = 0; row < 20_000; row++) {
      draws.at(0, row);
      double drawn = draws.between(-3, 5, 7);
      assertTrue(drawn >= -3 && drawn <= 5);
      least = Math.min(least, drawn);
      most = Math.max(most, drawn);
      assertTrue(draws.factor(2, 1) >= 0);
      assertTrue(draws.happens(1, 2));
      assertTrue(!draws.happens(0, 2));
      happened += draws.happens(0.3, 2) ? 1 : 0;
    }
    assertTrue(least < -2.99 && most > 4.99, least + " to " + most);
    assertEquals(6000, happened, 300);
  }
}
