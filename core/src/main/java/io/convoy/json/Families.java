package io.convoy.json;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Alternatives by name: the records that a sealed interface permits. So there is one list of a
 * family's members, that of the interface.
 */
public final class Families {
  private Families() {}

  /** The records of a family, by name; empty where the type is no sealed interface. */
  public static SortedMap<String, Class<?>> members(Class<?> family) {
    SortedMap<String, Class<?>> members = new TreeMap<>();
    if (family.isSealed()) {
      Arrays.stream(family.getPermittedSubclasses())
          .filter(Class::isRecord)
          .forEach(member -> members.put(name(member), member));
    }
    return Collections.unmodifiableSortedMap(members);
  }

  /**
   * The name of a record: what its {@link JsonTypeName} says, else the class's own, which then
   * starts with a small letter: {@code conv2d} for {@code Conv2d}.
   */
  public static String name(Class<?> member) {
    JsonTypeName given = member.getAnnotation(JsonTypeName.class);
    if (given != null) {
      return given.value();
    }
    String simple = member.getSimpleName();
    return simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
  }
}
