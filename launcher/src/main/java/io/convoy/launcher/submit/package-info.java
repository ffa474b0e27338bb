/**
 * From a training to the {@code spark-submit} that runs it on a cluster: what the user gave, what
 * is worked out for the rest and why, the command, and the process that runs it.
 */
package io.convoy.launcher.submit;
