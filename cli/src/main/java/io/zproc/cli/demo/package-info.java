/** The peanut story: processes that share a state and nothing else, and watch it in three ways. */
package io.zproc.cli.demo;
