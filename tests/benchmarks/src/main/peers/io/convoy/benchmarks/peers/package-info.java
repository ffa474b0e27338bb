/**
 * The libraries that Convoy is measured beside, as contenders of the drivers: oneDNN and OpenBLAS
 * (through JavaCPP), PyTorch (through DJL). Compiled by the profile {@code peers} alone.
 */
package io.convoy.benchmarks.peers;
