/**
 * Published data sets, from their addresses to a folder: which files, of which size and SHA-256,
 * how they are downloaded, and how an archive is unpacked. Bytes from outside are held to what was
 * published before they get their names.
 */
package io.convoy.launcher.fetch;
