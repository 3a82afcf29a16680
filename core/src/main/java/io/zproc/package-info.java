/**
 * A dictionary that many processes share, change atomically and watch.
 *
 * <p>A {@link io.zproc.Context} connects to a server; a {@link io.zproc.State} of it is a map of
 * one namespace. {@link io.zproc.Transaction}s change several keys at once, a {@link
 * io.zproc.Snapshot} is all keys at one revision, a {@link io.zproc.Watch} gives every commit in
 * order. {@link io.zproc.ManagedProcess}es are what a context starts, and {@link
 * io.zproc.MapResults} what they compute together. Failures are {@link io.zproc.ZProcException}s.
 */
package io.zproc;
