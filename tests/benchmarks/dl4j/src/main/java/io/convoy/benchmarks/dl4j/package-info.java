/** DL4J computes Convoy's networks, in a process that nothing else of the benchmarks lives in. */
package io.convoy.benchmarks.dl4j;
