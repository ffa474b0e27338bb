/**
 * JSON as all of Convoy reads and writes it: one strict mapper ({@link io.convoy.json.Json}), and
 * what goes wrong in the words of a recipe ({@link io.convoy.json.JsonErrors}). What a value means
 * does not belong here: records check themselves.
 */
package io.convoy.json;
