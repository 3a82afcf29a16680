/** The client of another host: sends commands, pulls events, and connects anew by itself. */
package io.zproc.tcp.internal.client;
