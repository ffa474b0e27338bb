package io.convoy.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who has which units: each has one owner. */
class ShareTest {
  private static final int[] UNITS = {0, 1, 2, 3, 7, 8, 64, 207};

  @Test
  void sharesAreCutByTheFloorFormulaAndCoverAll() {
    for (int units : UNITS) {
      for (int ranks = 1; ranks <= 9; ranks++) {
        int next = 0;
        for (int rank = 0; rank < ranks; rank++) {
          Share share = Share.of(rank, units, ranks);
          assertEquals(next, share.from());
          assertEquals((int) Math.floor((rank + 1.0) * units / ranks), share.to());
          assertTrue(share.count() == units / ranks || share.count() == units / ranks + 1);
          next = share.to();
        }
        assertEquals(units, next);
      }
    }
    assertEquals(Integer.MAX_VALUE, Share.start(65536, Integer.MAX_VALUE, 65536), "no overflow");
  }

  @Test
  void stripesTakeUnitsByTheirRemainder() {
    for (int units : UNITS) {
      for (int ranks = 1; ranks <= 9; ranks++) {
        for (int rank = 0; rank < ranks; rank++) {
          int mine = rank;
          int of = ranks;
          Stripe stripe = new Stripe(rank, ranks, units);
          List<Integer> own = new ArrayList<>();
          for (int i = 0; i < stripe.count(); i++) {
            own.add(stripe.unit(i));
          }
          assertEquals(IntStream.range(0, units).filter(c -> c % of == mine).boxed().toList(), own);
        }
      }
    }
  }
}
