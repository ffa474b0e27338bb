package io.convoy.data.reader;

import java.util.List;

/**
 * The images of a table's rows, each found and labelled.
 *
 * @param classes by label
 * @param samples in the order of rows
 * @param versions of the files: length and time of change
 * @param notes what a user may not expect
 */
record TableSamples(
    List<String> classes,
    List<FolderDataSet.Sample> samples,
    List<String> versions,
    List<String> notes) {}
