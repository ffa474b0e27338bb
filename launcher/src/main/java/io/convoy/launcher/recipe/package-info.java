/**
 * From a recipe's file to a {@link io.convoy.recipe.Recipe}: where it is found, how YAML is read,
 * how {@code --set} changes it, and in what words a mistake is told.
 */
package io.convoy.launcher.recipe;
