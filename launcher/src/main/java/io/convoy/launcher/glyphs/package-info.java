/**
 * The images that Convoy draws itself, so that a first training needs no data: ten classes of
 * glyphs.
 */
package io.convoy.launcher.glyphs;
