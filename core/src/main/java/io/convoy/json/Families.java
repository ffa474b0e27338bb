package io.convoy.json;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Alternatives by name: the records that a sealed interface permits, by way of others too. So there
 * is one list of a family's members, that of the interface. A record with a component {@code type},
 * an enum, has the names of its constants.
 */
public final class Families {
  private Families() {}

  /**
   * The records of a family by name, those by which they are known as well; empty where the type is
   * no sealed interface.
   */
  public static SortedMap<String, Class<?>> members(Class<?> family) {
    SortedMap<String, Class<?>> members = new TreeMap<>();
    permitted(family)
        .filter(Class::isRecord)
        .forEach(member -> allNames(member).forEach(name -> members.put(name, member)));
    return Collections.unmodifiableSortedMap(members);
  }

  /** The names of a family's records, in alphabetical order, each thing by one alone. */
  public static List<String> names(Class<?> family) {
    return permitted(family)
        .filter(Class::isRecord)
        .flatMap(member -> types(member).isEmpty() ? Stream.of(name(member)) : typeNames(member))
        .sorted()
        .toList();
  }

  private static Stream<String> allNames(Class<?> member) {
    List<Enum<?>> types = types(member);
    return types.isEmpty()
        ? Stream.of(name(member))
        : Stream.concat(
            typeNames(member),
            types.stream()
                .map(type -> annotation(type, JsonAlias.class))
                .filter(Objects::nonNull)
                .flatMap(alias -> Arrays.stream(alias.value())));
  }

  private static Stream<String> typeNames(Class<?> member) {
    return types(member).stream().map(Families::name);
  }

  /** What a record's component {@code type} may be, whose names are then those of the record. */
  private static List<Enum<?>> types(Class<?> member) {
    return Arrays.stream(member.getRecordComponents())
        .filter(Families::isType)
        .flatMap(component -> Arrays.stream(component.getType().getEnumConstants()))
        .<Enum<?>>map(constant -> (Enum<?>) constant)
        .toList();
  }

  private static boolean isType(RecordComponent component) {
    return component.getName().equals("type") && component.getType().isEnum();
  }

  /** The name of a constant, as {@link JsonProperty} says it. */
  public static String name(Enum<?> constant) {
    JsonProperty given = annotation(constant, JsonProperty.class);
    return given == null ? constant.name() : given.value();
  }

  private static <A extends Annotation> A annotation(Enum<?> constant, Class<A> type) {
    try {
      return constant.getDeclaringClass().getField(constant.name()).getAnnotation(type);
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  /** What a sealed interface permits, and in place of sealed interfaces what those permit. */
  private static Stream<Class<?>> permitted(Class<?> family) {
    return Stream.ofNullable(family.getPermittedSubclasses())
        .flatMap(Arrays::stream)
        .flatMap(member -> member.isSealed() ? permitted(member) : Stream.of(member));
  }

  /** The record that a value without a {@code type} is of; empty where it must have one. */
  public static Optional<Class<?>> standard(Class<?> family) {
    return Optional.ofNullable(family.getAnnotation(JsonTypeInfo.class))
        .<Class<?>>map(JsonTypeInfo::defaultImpl)
        .filter(Class::isRecord);
  }

  /** The components of a record that JSON has: its keys. */
  public static List<RecordComponent> keys(Class<?> member) {
    return Arrays.stream(member.getRecordComponents())
        .filter(component -> !component.getAccessor().isAnnotationPresent(JsonIgnore.class))
        .filter(component -> !isType(component))
        .toList();
  }

  /** Whether a family's values are names alone: its records have no components. */
  public static boolean isOfNames(Class<?> family) {
    return family.isSealed()
        && permitted(family)
            .allMatch(member -> member.isRecord() && member.getRecordComponents().length == 0);
  }

  /**
   * All values of a family whose records have no components, in the order in which it permits them.
   */
  public static <T> List<T> values(Class<T> family) {
    List<T> values = new ArrayList<>();
    for (Class<?> member : permitted(family).toList()) {
      try {
        values.add(family.cast(member.getConstructor().newInstance()));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(member + " must be a public record without components", e);
      }
    }
    return values;
  }

  /**
   * The value whose name a text is, of such a family.
   *
   * @throws ConvoyException of kind USAGE when it is the name of none; the message lists them all
   */
  public static <T> T value(Class<T> family, JsonNode json) {
    List<T> values = values(family);
    return values.stream()
        .filter(value -> json.isTextual() && json.textValue().equals(name(value.getClass())))
        .findFirst()
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "expected one of %s; got %s",
                    values.stream()
                        .map(value -> name(value.getClass()))
                        .collect(Collectors.joining(", ")),
                    json.isTextual()
                        ? JsonErrors.excerpt("'" + json.textValue() + "'")
                        : JsonErrors.describe(json)));
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
