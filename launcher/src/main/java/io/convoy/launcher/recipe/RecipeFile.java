package io.convoy.launcher.recipe;

import io.convoy.data.LocalNames;
import io.convoy.error.ConvoyException;
import io.convoy.error.Nearest;
import io.convoy.json.Json;
import io.convoy.notation.Notation;
import io.convoy.zoo.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text of a recipe and the place that errors name.
 *
 * @param place the file's path, or the name of a recipe out of the jar; empty for one that was made
 * @param stem the file's name without its ending: what a run is called whose recipe has no name
 * @param text YAML
 */
public record RecipeFile(String place, String stem, String text) {
  /** The recipe that is trained where none is named. */
  public static final String DEFAULT = "quickstart";

  /** The recipes that come with Convoy, in {@code conf/recipes} and in the jar. */
  public static final List<String> BUNDLED =
      List.of(
          "cifar10",
          "fashion-mnist",
          "fashion-mnist-100k",
          "fashion-mnist-500k",
          "mnist",
          "quickstart",
          "resnet20-cifar10");

  /** The most bytes of a recipe: a thousand layers take a tenth of it. */
  static final int LIMIT = 1 << 20;

  private static final String ENDING = ".yaml";

  /** Some editors put it before a text in UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * Finds a recipe.
   *
   * @param recipe the path of a file, or the bare name of a recipe that comes with Convoy
   * @param home Convoy's own folder, whose {@code conf/recipes} goes before the jar's copy
   * @throws ConvoyException of kind USAGE when there is none, or when it is too large; of kind
   *     RESOURCE when it cannot be read
   */
  public static RecipeFile find(String recipe, Optional<Path> home) {
    return lookUp(recipe, home)
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "there is no recipe '%s'%s give the path of a file, or one of %s",
                    recipe, nearest(recipe, BUNDLED), String.join(", ", BUNDLED)));
  }

  /**
   * Finds a recipe, or makes one around a network of the zoo or in notation, for questions about
   * the network alone: batches of 32 and SGD with momentum.
   *
   * @param subject what {@link #find} takes, the name of an {@link Architecture}, or a {@link
   *     Notation}
   * @throws ConvoyException as {@link #find} does
   */
  public static RecipeFile findOrMake(String subject, Optional<Path> home) {
    return lookUp(subject, home)
        .or(() -> Optional.of(subject).filter(Architecture::isName).map(RecipeFile::aroundName))
        .or(() -> Optional.of(subject).filter(Notation::isNotation).map(RecipeFile::aroundNotation))
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "there is no recipe '%s'%s give the path of a file, or one of %s, or a network"
                        + " of the zoo, one of %s",
                    subject,
                    nearest(
                        subject,
                        Stream.of(BUNDLED, Architecture.names()).flatMap(List::stream).toList()),
                    String.join(", ", BUNDLED),
                    String.join(", ", Architecture.names())));
  }

  private static String nearest(String recipe, List<String> known) {
    String question = Nearest.question(withoutEnding(recipe), known);
    return question.isEmpty() ? ":" : question;
  }

  private static RecipeFile aroundName(String architecture) {
    return around(architecture, "{type: %s}".formatted(architecture));
  }

  private static RecipeFile aroundNotation(String notation) {
    return around("network", "{notation: %s, values: {}}".formatted(Json.text(notation)));
  }

  /**
   * Without a place: what may be wrong in it was said by {@code --set}, or is all that was said.
   */
  private static RecipeFile around(String name, String network) {
    String text =
        """
        name: %s
        network: %s
        data: {format: folders}
        batchSize: 32
        epochs: 1
        optimizer: {type: sgd, momentum: 0.9}
        schedule: {type: constant, rate: 0.1}
        """;
    return new RecipeFile("", name, text.formatted(name, network));
  }

  private static Optional<RecipeFile> lookUp(String recipe, Optional<Path> home) {
    Path path = LocalNames.path(recipe);
    if (Files.isRegularFile(path)) {
      return Optional.of(read(path));
    }
    if (Files.isDirectory(path)) {
      throw ConvoyException.usage("'%s' is a folder: give the path of a recipe file", recipe);
    }
    String name = withoutEnding(recipe);
    if (home.isPresent()) {
      Path bundled = home.get().resolve("conf/recipes").resolve(name + ENDING);
      if (isBareName(recipe) && Files.isRegularFile(bundled)) {
        return Optional.of(read(bundled));
      }
    }
    return isBareName(recipe) && BUNDLED.contains(name)
        ? Optional.of(fromJar(name))
        : Optional.empty();
  }

  private static boolean isBareName(String recipe) {
    return recipe.matches("[A-Za-z0-9_.-]+");
  }

  private static String withoutEnding(String name) {
    return name.replaceFirst("\\.ya?ml$", "");
  }

  private static RecipeFile read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return new RecipeFile(
          path.toString(), withoutEnding(path.getFileName().toString()), text(path.toString(), in));
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    }
  }

  private static RecipeFile fromJar(String name) {
    String place = name + ENDING;
    try (InputStream in = RecipeFile.class.getResourceAsStream("/recipes/" + place)) {
      if (in == null) {
        throw new IOException("it is not in the jar");
      }
      return new RecipeFile(place, name, text(place, in));
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  private static String text(String place, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LIMIT + 1);
    if (bytes.length > LIMIT) {
      throw ConvoyException.usage(
          "%s: a recipe has at most %d bytes, and this file has more: is it a recipe?",
          place, LIMIT);
    }
    return decode(place, bytes);
  }

  /** Other encodings than UTF-8 are told, not read as something else. */
  private static String decode(String place, byte[] bytes) {
    int zero = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\0');
    if (zero >= 0) {
      throw notUtf8(place, zero, null); // such as every other one of UTF-16
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw notUtf8(place, in.position(), e);
    }
  }

  private static ConvoyException notUtf8(String place, int position, Throwable cause) {
    return new ConvoyException(
        ConvoyException.Kind.USAGE,
        "%s: a recipe is text in UTF-8, and byte %s of this file is none: save it as UTF-8"
            .formatted(place, position),
        cause);
  }

  private static ConvoyException unreadable(String place, IOException error) {
    String reason = error instanceof AccessDeniedException ? "no access" : error.getMessage();
    return new ConvoyException(
        ConvoyException.Kind.RESOURCE,
        "%s: the recipe cannot be read (%s)".formatted(place, reason),
        error);
  }
}
