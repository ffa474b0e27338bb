/**
 * What {@code convoy search} makes of a recipe: what it searches by default, the recipes of its
 * trials, and how the user is told of them.
 */
package io.convoy.launcher.search;
