/** Folders that a user names or leaves to Convoy: of images and of runs. */
package io.convoy.launcher.place;
