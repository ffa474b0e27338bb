package io.convoy.explain;

/**
 * Where in an image a class is seen.
 *
 * @param label the class that was asked for, else the likeliest
 * @param probability that the image is of it, as the model says
 * @param map of the size of the network's input
 */
public record ClassMap(int label, double probability, Heatmap map) {}
