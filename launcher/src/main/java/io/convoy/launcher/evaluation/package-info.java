/** What {@code convoy evaluate} tests, and where its figures go. */
package io.convoy.launcher.evaluation;
