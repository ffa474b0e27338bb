/**
 * Reading JPEG files, pixel for pixel as libjpeg-turbo does: {@link
 * io.convoy.data.image.jpeg.JpegDecoder} is the way in. A file goes from {@code JpegReader} (its
 * markers) over {@code EntropyCodedData} and {@code BitReader} to {@code SequentialScan} or {@code
 * ProgressiveScan} (coefficients), {@code ComponentPlane} (samples) and {@code PixelRows} (pixels).
 */
package io.convoy.data.image.jpeg;
