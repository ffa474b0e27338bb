/** What a person sees of {@code convoy check}: its table and its progress. */
package io.convoy.launcher.check;
