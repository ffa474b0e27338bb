/**
 * What a network has learned, and what it looks at, as numbers and as pictures: maps of an image
 * ({@link io.convoy.explain.Saliency}, {@link io.convoy.explain.GradCam}, {@link
 * io.convoy.explain.Occlusion}), what layers make of it ({@link io.convoy.explain.FeatureMaps}),
 * what filters look like and what excites them, and where images lie beside each other ({@link
 * io.convoy.explain.Embeddings}). All of it follows from the model and the images alone, not by a
 * bit from threads. Files, pages and PNGs are for others to write.
 */
package io.convoy.explain;
