/**
 * The Spark session that the launcher starts: where it computes and which settings it gets. The
 * trainer itself needs none of them.
 */
package io.convoy.launcher.session;
