package io.convoy.feed;

/**
 * A window of a stream: rows that follow each other in an epoch's virtual sequence.
 *
 * @param epoch from 0
 * @param stream from 0
 * @param number of the window in its stream, from 0
 */
public record WindowId(int epoch, int stream, int number) {}
