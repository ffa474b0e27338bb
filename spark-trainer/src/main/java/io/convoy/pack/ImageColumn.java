package io.convoy.pack;

import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The column of a table that holds images as bytes: a column of bytes, or a structure that has one,
 * as Hugging Face's tables do. Other columns of bytes, such as thumbnails, are taken for the images
 * only where there is no text, which would be the images' paths.
 */
final class ImageColumn {
  private static final List<String> USUAL =
      List.of("image", "bytes", "content", "img", "picture", "data", "jpg", "jpeg", "png");

  /** The same for all files, however they call it. */
  private static final String ROOT = "table";

  private ImageColumn() {}

  /**
   * Finds it.
   *
   * @param text whether the table has a column of text
   * @param table what errors name
   * @return the part of the schema that is this column; empty where there is none
   * @throws ConvoyException of kind DATA when more than one may be meant
   */
  static Optional<MessageType> of(MessageType schema, boolean text, String table) {
    List<MessageType> all = schema.getFields().stream().flatMap(ImageColumn::bytes).toList();
    for (String usual : USUAL) {
      Optional<MessageType> named =
          all.stream()
              .filter(one -> usual.equals(one.getFieldName(0).toLowerCase(Locale.ROOT)))
              .findFirst();
      if (named.isPresent()) {
        return named;
      }
    }
    if (text || all.isEmpty()) {
      return Optional.empty();
    }
    if (all.size() > 1) {
      throw ConvoyException.data(
          "%s: the columns %s and %s both hold bytes: call the one of the images image",
          table, name(all.get(0)), name(all.get(1)));
    }
    return Optional.of(all.get(0));
  }

  /** What it is called. */
  static String name(MessageType column) {
    return String.join(".", column.getPaths().get(0));
  }

  private static Stream<MessageType> bytes(Type field) {
    if (isBytes(field)) {
      return Stream.of(new MessageType(ROOT, field));
    }
    if (field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
      return Stream.empty();
    }
    GroupType group = field.asGroupType();
    return group.getFields().stream()
        .filter(ImageColumn::isBytes)
        .map(part -> new MessageType(ROOT, group.withNewFields(part)));
  }

  private static boolean isBytes(Type field) {
    return field.isPrimitive()
        && !field.isRepetition(Type.Repetition.REPEATED)
        && field.getLogicalTypeAnnotation() == null
        && field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
  }
}
