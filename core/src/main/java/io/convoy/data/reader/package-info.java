/** The formats of data sets: each a description of where the files lie, and the source it opens. */
package io.convoy.data.reader;
