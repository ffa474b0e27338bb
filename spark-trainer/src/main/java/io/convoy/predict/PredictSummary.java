package io.convoy.predict;

/**
 * What a prediction has come to.
 *
 * @param out the folder of the rows
 * @param images rows in it, one an image
 * @param failed those of images that could not be read
 * @param parts files of rows
 */
public record PredictSummary(String out, long images, long failed, int parts) {}
