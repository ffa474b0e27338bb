/**
 * Reading JPEG files, pixel for pixel as libjpeg-turbo does: {@link
 * io.convoy.data.image.jpeg.JpegDecoder} is the way in. A file goes from {@code JpegReader} (its
 * markers) over {@code EntropyCodedData} and {@code BitReader} to {@code SequentialScan} or {@code
 * ProgressiveScan} (coefficients), {@code ComponentPlane} (samples) and {@code PixelRows} (pixels).
 * Where all coefficients come in one scan, {@code InterleavedScan} makes samples as it goes; else
 * {@code StoredScans} keeps them until all are there, and {@code BlockSmoothing} guesses what is
 * not.
 */
package io.convoy.data.image.jpeg;
