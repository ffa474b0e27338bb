/**
 * Searches hyper-parameters as Spark jobs: the parts of trials are tasks, rung after rung, and what
 * they come to lies in the search's folder, from which a search that was killed goes on. What is
 * drawn and which trials go on is core's {@code search}.
 */
package io.convoy.trials;
