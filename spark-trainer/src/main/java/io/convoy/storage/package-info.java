/**
 * Files on any Hadoop file system: folders and what is done in them, files that appear as a whole,
 * which errors may pass, and how long to go on trying. Knows nothing of what the files mean.
 */
package io.convoy.storage;
