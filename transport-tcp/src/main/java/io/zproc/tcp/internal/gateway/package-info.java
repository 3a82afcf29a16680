/** The door of a server for other hosts: one thread that passes commands on and answers fetches. */
package io.zproc.tcp.internal.gateway;
