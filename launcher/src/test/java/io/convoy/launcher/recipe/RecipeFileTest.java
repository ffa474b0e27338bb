package io.convoy.launcher.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.reader.Cifar10;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;
import io.convoy.zoo.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecipeFileTest {
  private static final Path CONF_RECIPES = Path.of("../conf/recipes");

  private static final String NAMES =
      "cifar10, fashion-mnist, fashion-mnist-100k, fashion-mnist-500k, mnist, quickstart,"
          + " resnet20-cifar10";

  private static final Pattern SAID = Pattern.compile("([0-9,]+) parameters[.,]");

  @TempDir Path folder;

  @Test
  void bundledRecipesAreThoseOfConf() throws IOException {
    try (Stream<Path> files = Files.list(CONF_RECIPES)) {
      assertEquals(
          RecipeFile.BUNDLED,
          files.map(f -> f.getFileName().toString().replace(".yaml", "")).sorted().toList());
    }
  }

  @Test
  void bundledRecipesAreInTheJarAndValid() throws IOException {
    for (String name : RecipeFile.BUNDLED) {
      RecipeFile file = RecipeFile.find(name, Optional.empty());
      assertEquals(Files.readString(CONF_RECIPES.resolve(name + ".yaml")), file.text());
      Recipe recipe = RecipeReader.recipe(RecipeReader.tree(file), file.place(), List.of());
      assertEquals(name, recipe.name());
    }
  }

  /** All but the quick start say how many there are. */
  @Test
  void recipesHaveTheParametersThatTheySay() {
    for (String name : RecipeFile.BUNDLED) {
      RecipeFile file = RecipeFile.find(name, Optional.empty());
      Recipe recipe = RecipeReader.recipe(RecipeReader.tree(file), file.place(), List.of());
      Matcher said = SAID.matcher(file.text());
      assertEquals(!name.equals("quickstart"), said.find(), name);
      if (!name.equals("quickstart")) {
        long parameters = Long.parseLong(said.group(1).replace(",", ""));
        assertEquals(parameters, recipe.network().layout().trainedParameters(), name);
      }
    }
  }

  @Test
  void cifar10IsReadAsItIsPublished() {
    RecipeFile file = RecipeFile.find("cifar10", Optional.empty());
    Recipe recipe = RecipeReader.recipe(RecipeReader.tree(file), file.place(), List.of());
    assertEquals(new Cifar10(), recipe.data().format());
  }

  @Test
  void aNetworkOfTheZooNeedsNoFile() throws IOException {
    for (String name : Architecture.names()) {
      RecipeFile file = RecipeFile.findOrMake(name, Optional.empty());
      Recipe recipe = RecipeReader.recipe(RecipeReader.tree(file), file.place(), List.of());
      assertEquals(name, recipe.name());
      assertEquals(Architecture.named(name).network(), recipe.network());
    }
    Path recipes = Files.createDirectories(folder.resolve("conf/recipes"));
    Files.writeString(recipes.resolve("lenet.yaml"), "name: mine");
    assertEquals("name: mine", RecipeFile.findOrMake("lenet", Optional.of(folder)).text());
    refuses("lenet.", "there is no recipe 'lenet.': give the path of a file, or one of " + NAMES);
  }

  @Test
  void homeGoesBeforeTheJarAndAPathBeforeBoth() throws IOException {
    Path recipes = Files.createDirectories(folder.resolve("conf/recipes"));
    Files.writeString(recipes.resolve("quickstart.yaml"), "name: mine");
    assertEquals("name: mine", RecipeFile.find("quickstart", Optional.of(folder)).text());
    Path path = Files.writeString(folder.resolve("other.yml"), "name: other");
    RecipeFile other = RecipeFile.find(path.toString(), Optional.of(folder));
    assertEquals("other", other.stem());
    assertEquals("name: other", other.text());
  }

  @Test
  void whatIsNotThereIsTold() {
    refuses("fashon", "there is no recipe 'fashon': give the path of a file, or one of " + NAMES);
    refuses(folder.toString(), "'" + folder + "' is a folder: give the path of a recipe file");
  }

  @Test
  void theNearestNameIsOffered() {
    refuses(
        "fashion-mnst.yaml",
        "there is no recipe 'fashion-mnst.yaml', did you mean 'fashion-mnist'? give the path of a"
            + " file, or one of "
            + NAMES);
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> RecipeFile.findOrMake("resnt50", Optional.empty()));
    assertTrue(
        error.getMessage().startsWith("there is no recipe 'resnt50', did you mean 'resnet50'?"),
        error.getMessage());
  }

  @Test
  void aNameThatNoFileCanHaveIsTold() {
    refuses(
        "a\0b",
        "'a\\0b' cannot be the name of a file here: it holds a zero character; take another");
  }

  @Test
  void otherEncodingsAreRefused() throws IOException {
    Path file = folder.resolve("r.yaml");
    String text = "name: größe";
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    String rule = ": a recipe is text in UTF-8, and byte %s of this file is none: save it as UTF-8";
    refuses(file.toString(), file + rule.formatted(8));
    Files.write(file, text.getBytes(StandardCharsets.UTF_16));
    refuses(file.toString(), file + rule.formatted(2));
    Files.write(file, text.getBytes(StandardCharsets.UTF_16LE));
    refuses(file.toString(), file + rule.formatted(1));
    Files.writeString(file, "\uFEFF" + text);
    assertEquals(text, RecipeFile.find(file.toString(), Optional.empty()).text());
  }

  @Test
  void aHugeFileIsNoRecipe() throws IOException {
    Path huge = Files.write(folder.resolve("huge.yaml"), new byte[RecipeFile.LIMIT + 1]);
    refuses(
        huge.toString(),
        huge + ": a recipe has at most 1048576 bytes, and this file has more: is it a recipe?");
  }

  private void refuses(String recipe, String message) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> RecipeFile.find(recipe, Optional.of(folder)));
    assertEquals(message, error.getMessage());
  }
}
