/**
 * Finds the images of folders, tar files and tables on any Hadoop file system, as rows of Spark:
 * what packing and prediction share. Labels are the caller's affair.
 */
package io.convoy.images;
