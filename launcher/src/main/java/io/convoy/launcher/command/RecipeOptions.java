package io.convoy.launcher.command;

import io.convoy.data.LocalNames;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.SetOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The recipe that a command is about, and its images; the same for every command that needs one.
 */
final class RecipeOptions {
  @Parameters(
      index = "0",
      paramLabel = "RECIPE",
      completionCandidates = RecipeNames.class,
      description = "A recipe's file, or one of Convoy's own by name.")
  private String name;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The images' folder, on any Hadoop file system.")
  private String data;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = {
        "Changes a key of the recipe, such as",
        "schedule.rate=0.1. Can be given several times."
      })
  private List<String> set = new ArrayList<>();

  /** The recipe, as its user named it. */
  String name() {
    return name;
  }

  /** The folder of {@code --data}; null where it was left out. */
  String data() {
    return data;
  }

  /** The changes of {@code --set}, as they were written. */
  List<String> set() {
    return set;
  }

  /** The recipe's file. */
  RecipeFile file() {
    return RecipeFile.find(name, home());
  }

  /** The changes of {@code --set}. */
  List<SetOption> changes() {
    return set.stream().map(SetOption::parse).toList();
  }

  /** Where Convoy's own recipes lie; empty where the launcher's script has not said so. */
  static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("convoy.home")).map(LocalNames::path);
  }
}
