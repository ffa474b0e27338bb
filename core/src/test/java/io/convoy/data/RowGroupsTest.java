package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowGroupsTest {
  private static int[] starts(RowGroups groups) {
    return IntStream.rangeClosed(0, groups.count()).map(groups::start).toArray();
  }

  @Test
  void groupsStandOneBehindTheOther() {
    RowGroups groups = RowGroups.of(new int[] {3, 1, 4}, 2);
    assertEquals(8, groups.rows());
    assertEquals(2, groups.window());
    assertArrayEquals(new int[] {0, 3, 4, 8}, starts(groups));
    assertArrayEquals(new int[] {0, 1, 2, 3}, starts(RowGroups.single(3)));
    assertEquals(4096, RowGroups.single(3).window());
  }

  @Test
  void someRowsKeepTheirGroups() {
    RowGroups groups = RowGroups.of(new int[] {3, 1, 4}, 2);
    assertArrayEquals(new int[] {0, 2, 5}, starts(groups.subset(new int[] {0, 2, 4, 5, 7})));
    assertArrayEquals(new int[] {0, 1}, starts(groups.subset(new int[] {3})));
    assertEquals(2, groups.subset(new int[] {3}).window());
    assertArrayEquals(new int[] {0, 1, 2}, starts(RowGroups.single(9).subset(new int[] {2, 8})));
  }

  @Test
  void impossibleOnesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> RowGroups.single(0));
    assertThrows(IllegalArgumentException.class, () -> RowGroups.of(new int[0], 1));
    assertThrows(IllegalArgumentException.class, () -> RowGroups.of(new int[] {2, 0}, 1));
    assertThrows(IllegalArgumentException.class, () -> RowGroups.of(new int[] {2}, 0));
    int[] many = {Integer.MAX_VALUE, 1};
    assertThrows(ArithmeticException.class, () -> RowGroups.of(many, 1));
  }
}
