/**
 * What {@code convoy explain} looks at, and where its pictures, figures and page go. What is
 * computed stands in core; here it gets names, files and words.
 */
package io.convoy.launcher.explain;
