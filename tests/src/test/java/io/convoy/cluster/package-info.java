/** Training on real Spark: executors in JVMs of their own, faults injected for real. */
package io.convoy.cluster;
