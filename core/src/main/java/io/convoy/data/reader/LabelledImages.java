package io.convoy.data.reader;

import io.convoy.data.FileDataSet.StoredImage;
import java.util.List;

/**
 * Images, each found and labelled.
 *
 * @param classes by label
 * @param samples in their order
 * @param notes what a user may not expect
 */
record LabelledImages(List<String> classes, List<StoredImage> samples, List<String> notes) {}
