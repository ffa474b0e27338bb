/**
 * Makes packed sets, as Spark jobs: finds the images of folders, tar files and tables on executors,
 * puts them into a random order by a shuffle, writes and commits the files. The driver knows row
 * groups and counts, never all images.
 */
package io.convoy.pack.job;
