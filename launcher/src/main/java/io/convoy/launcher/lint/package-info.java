/** What {@code convoy lint} takes from a run's folder, and how it tells what it has found. */
package io.convoy.launcher.lint;
