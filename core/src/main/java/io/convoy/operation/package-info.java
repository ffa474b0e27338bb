/**
 * The contracts of operations, which compute layers over planned buffers: what one is given, what a
 * pass is, how rows and pieces are shared out. The packages below hold the operations by their
 * kind. None of them knows a layer: a layer hands its options on as it binds.
 */
package io.convoy.operation;
