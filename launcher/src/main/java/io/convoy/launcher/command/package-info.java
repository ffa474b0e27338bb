/**
 * The commands, a class each, and what they share: where to compute, the folders of images and
 * runs, what is printed, what is handed to spark-submit, and what an interrupted user is told.
 */
package io.convoy.launcher.command;
