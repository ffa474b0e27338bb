package io.convoy.launcher.command;

import io.convoy.launcher.recipe.RecipeFile;
import java.util.Iterator;

/** The names of Convoy's own recipes, for shells that complete them. */
final class RecipeNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return RecipeFile.BUNDLED.iterator();
  }
}
