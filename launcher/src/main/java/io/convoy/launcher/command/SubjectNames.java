package io.convoy.launcher.command;

import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.zoo.Architecture;
import java.util.Iterator;
import java.util.stream.Stream;

/** The names of Convoy's own recipes and of the zoo's networks, for shells that complete them. */
final class SubjectNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Stream.concat(RecipeFile.BUNDLED.stream(), Architecture.names().stream()).iterator();
  }
}
